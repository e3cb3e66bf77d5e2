internal import Foundation
internal import Glibc
public import Models

/// The models of a store: files in a folder beside it, `viewers.sqlite.models`.
public struct ModelShelf: Sendable {
    /// What a model is for.
    public enum Role: String, CaseIterable, Sendable {
        /// Scores titles for a viewer.
        case picks
        /// Knows which titles are alike.
        case similar
        /// What everybody takes up, by long and by short half-lives.
        case popular
        case trending

        /// What is trained where nobody says otherwise. EASE's matrix grows with the square of the titles: beyond
        /// ``ModelShelf/mostEaseTitles``, iALS takes its place.
        func recipe(titles: Int) -> ModelRecipe {
            var recipe: ModelRecipe
            switch self {
            case .picks: return ModelRecipe(titles > ModelShelf.mostEaseTitles ? .ials : .ease)
            case .similar:
                recipe = ModelRecipe(.neighbours)
                recipe.set("count", to: 100)
                recipe.set("shrinkage", to: 10)
            case .popular:
                recipe = ModelRecipe(.popularity)
                recipe.set("half-life", to: 90)
            case .trending:
                recipe = ModelRecipe(.popularity)
                recipe.set("half-life", to: 7)
            }
            return recipe
        }
    }

    static let mostEaseTitles = 20_000

    public let folder: String

    /// Those of the store at `path`, beside the file that a link leads to: a store has one shelf, however it is called.
    public init(store path: String) {
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        let target = isLink ? realpath(path, nil) : nil
        defer { free(target) }
        folder = (target.map { String(cString: $0) } ?? path) + ".models"
    }

    /// Where a model is.
    public func path(of role: Role) -> String {
        "\(folder)/\(role.rawValue).model"
    }

    /// Whether there is one for each role.
    var isFull: Bool {
        Role.allCases.allSatisfy { FileManager.default.fileExists(atPath: path(of: $0)) }
    }

    /// Is there while the models have learned from data that the store does not have any more.
    private var staleMark: String { folder + "/stale" }

    /// Whether the models have learned from what is not in the store any more.
    var isStale: Bool {
        FileManager.default.fileExists(atPath: staleMark)
    }

    /// Notes that what the models have learned from is not in the store any more; whether there are any.
    func markStale() throws(HostError) -> Bool {
        let files = FileManager.default
        let isThere = Role.allCases.contains { files.fileExists(atPath: path(of: $0)) }
        if isThere, !files.createFile(atPath: staleMark, contents: nil) { throw .system("make", staleMark) }
        return isThere
    }

    /// Takes back a mark, where nothing went after all.
    func unmarkStale() {
        try? FileManager.default.removeItem(atPath: staleMark)
    }

    /// Trains models that are stale anew, by the recipe that each had; those that nothing is left to train with are removed.
    /// `progress` is told of each that is begun.
    public func refresh(
        store: String, jobs: Int, _ progress: (ModelRecipe) -> Void = { _ in }
    ) throws(HostError) {
        if !isStale { return }
        let data = try TrainingData(store: store, jobs: jobs)
        if data.interactions.count == 0 {
            for role in Role.allCases { try? FileManager.default.removeItem(atPath: path(of: role)) }
            try? FileManager.default.removeItem(atPath: staleMark)
        } else {
            _ = try train(data, picks: try? open(.picks).recipe, jobs: jobs, progress)
        }
    }

    /// Opens a model, and checks all of it.
    public func open(_ role: Role) throws(HostError) -> ModelFile {
        do throws(ModelFileError) {
            return try ModelFile(path: path(of: role))
        } catch {
            throw HostError(error)
        }
    }

    /// Trains all, `picks` as it says, and puts each in its place when it is done. `progress` is told of each that is begun. Gives the
    /// seconds that each took.
    public func train(
        _ data: TrainingData, picks: ModelRecipe? = nil, jobs: Int, _ progress: (ModelRecipe) -> Void = { _ in }
    ) throws(HostError) -> [(recipe: ModelRecipe, seconds: Double)] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw HostError.system("make the folder", folder)
        }
        let titles = data.catalogue.titles.map { $0.key }
        var trained: [(recipe: ModelRecipe, seconds: Double)] = []
        for role in Role.allCases {
            let recipe = (role == .picks ? picks : nil) ?? role.recipe(titles: titles.count)
            progress(recipe)
            let clock = ContinuousClock()
            let started = clock.now
            let model = try HostError.translating { () throws(ModelError) in
                try recipe.train(data.interactions, now: data.time, jobs: jobs)
            }
            let file = ModelFile(model, recipe, titles: titles, time: data.time, position: data.position)
            do throws(ModelFileError) {
                try file.write(to: path(of: role))
            } catch {
                throw HostError(error)
            }
            trained.append((recipe, started.duration(to: clock.now) / .seconds(1)))
        }
        try? FileManager.default.removeItem(atPath: staleMark)
        return trained
    }
}

extension HostError {
    init(_ error: ModelFileError) {
        switch error {
        case .missing: self = .usage(error.message)
        case .damaged, .otherFormat: self = .data(error.message)
        case .system(let operation, let path, let code):
            self = .system(operation: operation, path: path, code: code)
        }
    }
}
