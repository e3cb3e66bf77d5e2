internal import Foundation
internal import Models
internal import Plugins
internal import Store

/// What recommendations are made of: the history that is kept of a person, and what a model takes of it.
struct TasteOfPerson {
    /// A title of the history, under the key that events give it.
    struct Title {
        let key: String
        let name: String
        let use: TitleUse
        /// How strongly it counts for a model, which takes nothing in where it is 0.
        let weight: Float
        /// Whether the model that scores titles knows it.
        let isInModel: Bool
    }

    /// The model that scores titles for viewers.
    struct Model {
        let recipe: String
        /// The time of the latest event that it knows, in seconds since 1970, and that event's place in the log at the most.
        let time: Int64
        let position: Int64
    }

    let profile: ViewerHistory.Profile
    let titles: [Title]
    /// Why the history may not be used now; nil where it may be.
    let refusal: GateRefusal?
    /// The last place of the log that the history knows.
    let position: Int64
    /// Nil where the store has none.
    let model: Model?

    /// Nil where no history is kept of the person.
    init?(of state: KeptState, _ rules: GateRules, storePath: String, in store: EventStore) throws(HostError) {
        guard let fold = state.fold, let history = state.withState({ ViewerHistory($0) }) else { return nil }
        position = fold.position
        profile = history.profile
        refusal = state.entry.withUnsafeBytes { Gate(for: .personalization, rules).refusal(FoldEntry($0)) }
        let catalogue = try TitleCatalogue(of: store)
        let file = try Self.model(of: storePath)
        model = file.map { Model(recipe: $0.recipe.text, time: $0.time, position: $0.position) }
        let known = Set((file?.titles ?? []).map { catalogue.number(of: $0) ?? -1 })
        let knownKeys = Set(file?.titles ?? [])
        titles = history.titles.map { key, use in
            let number = catalogue.number(of: key)
            let title = number.map { catalogue.titles[$0] }
            return Title(
                key: key, name: title?.name ?? key, use: use, weight: use.interest(duration: title?.duration ?? 0),
                isInModel: number.map { known.contains($0) } ?? knownKeys.contains(key))
        }
    }

    private static func model(of storePath: String) throws(HostError) -> ModelFile? {
        let shelf = ModelShelf(store: storePath)
        guard FileManager.default.fileExists(atPath: shelf.path(of: .picks)) else { return nil }
        return try shelf.open(.picks)
    }
}
