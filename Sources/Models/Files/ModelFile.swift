internal import CModels
internal import Events

/// A trained model in a file, with what it was trained for.
///
/// ```swift
/// try ModelFile(model, recipe, titles: keys, time: now, position: 12).write(to: "ease.model")
/// let file = try ModelFile(path: "ease.model")
/// file.model.score(...)
/// ```
///
/// A file is mapped into memory and not copied. Training anew replaces it at once and whole: whoever has the old one open goes on
/// with that.
public struct ModelFile: Sendable {
    public let model: TrainedModel
    public let recipe: ModelRecipe
    /// What recommendations call the titles, by number.
    public let titles: [String]
    /// The time of the latest event that it knows, in seconds since 1970.
    public let time: Int64
    /// The place of the log up to which it knows events.
    public let position: Int64

    public init(_ model: TrainedModel, _ recipe: ModelRecipe, titles: [String], time: Int64, position: Int64) {
        precondition(titles.count == model.titleCount)
        self.model = model
        self.recipe = recipe
        self.titles = titles
        self.time = time
        self.position = position
    }

    /// Opens a file, and checks all of it.
    public init(path: String) throws(ModelFileError) {
        let file = try MappedFile(path)
        let reader = ModelFileReader(path: path, file, try ModelSections.read(file, path: path))
        let recipe = try reader.text("recipe")
        do throws(ModelError) {
            self.recipe = try ModelRecipe(parsing: recipe)
        } catch {
            throw .damaged(path: path, reason: error.message)
        }
        titles = try reader.texts("titles")
        let moment = try reader.array("moment", of: Int64.self, count: 2)
        (time, position) = (moment[0], moment[1])
        model = try reader.model(self.recipe, titleCount: titles.count)
    }

    /// Writes it to a file, which is there when it is whole.
    public func write(to path: String) throws(ModelFileError) {
        var names = ByteBuffer()
        for title in titles {
            names.append(number: UInt64(title.utf8.count))
            for byte in title.utf8 { names.append(byte) }
        }
        let moment = ModelArray([time, position])
        let recipe = Array(self.recipe.text.utf8)
        try recipe.span.withUnsafeBytes { recipe throws(ModelFileError) in
            let sections = [
                ("recipe", recipe), ("titles", names.rawBytes), ("moment", UnsafeRawBufferPointer(moment.buffer)),
            ]
            try ModelSections.write(sections + model.sections, to: path)
        }
    }
}

extension TrainedModel {
    fileprivate var sections: [(String, UnsafeRawBufferPointer)] {
        switch self {
        case .popularity(let model): return [("scores", UnsafeRawBufferPointer(model.scores.buffer))]
        case .neighbours(let model): return model.nearness.sections
        case .sparseEase(let model): return model.weights.sections
        case .ease(let model):
            return [
                ("correlations", UnsafeRawBufferPointer(model.correlations.buffer)),
                ("scales", UnsafeRawBufferPointer(model.scales.buffer)),
            ]
        case .ials(let model): return [("factors", UnsafeRawBufferPointer(model.factors.buffer))]
        }
    }
}

extension SparseRows {
    fileprivate var sections: [(String, UnsafeRawBufferPointer)] {
        [
            ("starts", UnsafeRawBufferPointer(starts.buffer)), ("columns", UnsafeRawBufferPointer(columns.buffer)),
            ("values", UnsafeRawBufferPointer(values.buffer)),
        ]
    }
}

/// Reads the sections of a model's file, and checks what is used without a check later.
private struct ModelFileReader {
    let path: String
    private let file: MappedFile
    private let sections: [String: UnsafeRawBufferPointer]

    init(path: String, _ file: MappedFile, _ sections: [String: UnsafeRawBufferPointer]) {
        self.path = path
        self.file = file
        self.sections = sections
    }

    func text(_ name: String) throws(ModelFileError) -> String {
        String(decoding: try section(name), as: UTF8.self)
    }

    func texts(_ name: String) throws(ModelFileError) -> [String] {
        let bytes = try section(name)
        var texts: [String] = []
        var place = 0
        while place < bytes.count {
            guard let length = bytes.number(at: &place), let text = bytes.bytes(length, at: &place) else {
                throw damaged(name)
            }
            texts.append(String(decoding: text, as: UTF8.self))
        }
        return texts
    }

    /// A section as an array, of so many elements where `count` says so.
    func array<Element: BitwiseCopyable>(
        _ name: String, of type: Element.Type, count: Int? = nil
    ) throws(ModelFileError) -> ModelArray<Element> {
        let bytes = try section(name)
        let elements = bytes.bindMemory(to: Element.self)
        guard bytes.count % MemoryLayout<Element>.stride == 0, count ?? elements.count == elements.count else {
            throw damaged(name)
        }
        guard let start = elements.baseAddress else {
            return ModelArray(UnsafePointer(bitPattern: 64)!, count: 0, owner: file)
        }
        return ModelArray(start, count: elements.count, owner: file)
    }

    /// So many numbers that scores can be made of.
    func numbers(
        _ name: String, count: Int, within limit: Float
    ) throws(ModelFileError) -> ModelArray<Float> {
        let numbers = try array(name, of: Float.self, count: count)
        guard numbers.isBounded(by: limit) else { throw damaged(name) }
        return numbers
    }

    func model(_ recipe: ModelRecipe, titleCount: Int) throws(ModelFileError) -> TrainedModel {
        switch recipe.kind {
        case .popularity:
            return .popularity(
                PopularityModel(scores: try numbers("scores", count: titleCount, within: .greatestFiniteMagnitude)))
        case .neighbours: return .neighbours(NeighbourModel(nearness: try rows(titleCount, within: 1e12)))
        case .sparseEase,
            .ease where recipe.isSparse:
            return .sparseEase(SparseEaseModel(weights: try rows(titleCount, within: EaseModel.greatest)))
        case .ease:
            let (size, isTooLarge) = titleCount.multipliedReportingOverflow(by: titleCount)
            if isTooLarge { throw damaged("correlations") }
            let correlations = try array("correlations", of: vh_half.self, count: size)
            guard EaseModel.isGood(correlations) else { throw damaged("correlations") }
            let scales = try array("scales", of: Float.self, count: titleCount)
            guard EaseModel.isGood(scales) else { throw damaged("scales") }
            return .ease(EaseModel(correlations: correlations, scales: scales))
        case .ials:
            let parameters: ImplicitALSModel.Parameters
            do throws(ModelError) {
                parameters = try recipe.factorParameters()
                try parameters.check()
            } catch {
                throw .damaged(path: path, reason: error.message)
            }
            let factors = try numbers(
                "factors", count: titleCount * parameters.width, within: ImplicitALSModel.greatest)
            return .ials(ImplicitALSModel(titleCount: titleCount, parameters, factors: factors))
        }
    }

    private func rows(_ titleCount: Int, within limit: Float) throws(ModelFileError) -> SparseRows {
        let starts = try array("starts", of: UInt64.self, count: titleCount + 1)
        let columns = try array("columns", of: UInt32.self)
        let values = try numbers("values", count: columns.count, within: limit)
        guard zip(starts.buffer, starts.buffer.dropFirst()).allSatisfy({ $0 <= $1 }), starts[0] == 0,
            starts[titleCount] == UInt64(columns.count)
        else { throw damaged("starts") }
        guard columns.buffer.allSatisfy({ $0 < titleCount }) else { throw damaged("columns") }
        return SparseRows(starts: starts, columns: columns, values: values)
    }

    private func section(_ name: String) throws(ModelFileError) -> UnsafeRawBufferPointer {
        guard let section = sections[name] else { throw damaged(name) }
        return section
    }

    private func damaged(_ name: String) -> ModelFileError {
        .damaged(path: path, reason: "its section '\(name)' is wrong or missing")
    }
}
