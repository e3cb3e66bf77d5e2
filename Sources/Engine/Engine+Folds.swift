internal import Events
internal import Lua
internal import Plugins

extension Engine {
    /// What became of a plugin that was to be loaded.
    enum Loaded: UInt32 {
        /// The results say what is wrong.
        case refused = 0
        case fold = 1
        /// It is of another kind.
        case otherKind = 2
    }

    /// Puts a plugin behind those that fold, and leaves its manifest in the results.
    func loadFold(_ source: UnsafeRawBufferPointer, name: String, limits: LuaLimits) -> Loaded {
        results.removeAll()
        do throws(PluginLoadError) {
            let context = PluginContext(limits: limits, hash: hash, titles: titles)
            guard case .fold(let fold) = try LuaPlugin(source: source, file: name, context: context) else {
                return .otherKind
            }
            folds.append(fold)
            append(fold.manifest)
            append(fieldsOf: fold)
            return .fold
        } catch {
            results.append(error.message)
            return .refused
        }
    }

    private func append(fieldsOf fold: LuaFold) {
        results.append(fold.manifest.events.count)
        for type in fold.manifest.events { results.append(type) }
        results.append(UInt8(fold.observes ? 1 : 0))
        switch fold.manifest.kind {
        case .redactor, .recommender, .history: break
        case .segment(let segment):
            results.append(segment.taxonomy ?? "")
            results.append(UInt8(segment.isSensitive ? 1 : 0))
            results.append(UInt8(segment.isExclusion ? 1 : 0))
            results.append(segment.lifetimeDays)
        case .quality(let quality):
            results.append(quality.title)
            results.append(quality.dimensions.count)
            for dimension in quality.dimensions { results.append(dimension.rawValue) }
            results.append(quality.columns.count)
            for column in quality.columns { results.append(column) }
            results.append(quality.chart)
        }
    }

    func clearTitles() {
        titles.removeAll()
    }

    /// Adds the titles that lines of NDJSON are about to those behind `host.title`.
    func addTitles(_ lines: UnsafeRawBufferPointer) {
        let event = EventDocument()
        lines.forEachLine { line in
            if event.load(line) { titles.add(event) }
        }
    }

    /// Folds what a block says, and leaves what became of it; false where the block is none.
    func fold(_ plugin: Int, _ block: UnsafeRawBufferPointer) -> Bool {
        results.removeAll()
        guard folds.indices.contains(plugin), let request = FoldRequest(reading: block) else {
            results.append("there is no such plugin, or the block is no list of steps")
            return false
        }
        let answer = folds[plugin].fold(request, counting: &progress.pointee.calls)
        results.append(answer.values.count)
        for value in answer.values {
            results.append(UInt8(value.isChanged ? 1 : 0))
            results.append(value.bytes)
            results.append(value.failures)
        }
        results.append(answer.outcomes.count)
        for outcome in answer.outcomes { results.append(outcome.rawValue) }
        results.append(answer.samples.count)
        for sample in answer.samples {
            results.append(sample.step)
            results.append(sample.bytes)
        }
        let failures = [answer.firstFailure, answer.lastFailure].compactMap { $0 }
        results.append(failures.count)
        for failure in failures { append(failure) }
        return true
    }

    /// Asks a segment about a state, and leaves its answer; false where it failed, and why.
    func askMember(_ plugin: Int, _ state: UnsafeRawBufferPointer, now: Int64) -> Bool {
        asking(plugin) { fold throws(PluginFailure) in append(try fold.membership(of: state, now: now)) }
    }

    /// Asks a quality plugin to report of a state, and leaves the columns' numbers; false where it failed, and why.
    func askReport(_ plugin: Int, _ state: UnsafeRawBufferPointer) -> Bool {
        asking(plugin) { fold throws(PluginFailure) in
            let numbers = try fold.report(of: state)
            results.append(numbers.count)
            for number in numbers { results.append((number ?? .nan).bitPattern) }
        }
    }

    private func asking(_ plugin: Int, _ body: (LuaFold) throws(PluginFailure) -> Void) -> Bool {
        results.removeAll()
        do throws(PluginFailure) {
            guard folds.indices.contains(plugin) else {
                throw PluginFailure(plugin: "", code: "error", message: "there is no such plugin")
            }
            progress.pointee.calls &+= 1
            try body(folds[plugin])
            return true
        } catch {
            append(error)
            return false
        }
    }

    func append(_ membership: Membership) {
        results.append(UInt8(membership.isMember ? 1 : 0))
        results.append(membership.reason)
        results.append(membership.events.count)
        for reference in membership.events { results.append(UInt64(bitPattern: reference)) }
        results.append(UInt8(membership.until == nil ? 0 : 1))
        results.append(UInt64(bitPattern: membership.until ?? 0))
    }

    func append(_ failure: PluginFailure) {
        results.append(failure.code)
        results.append(failure.message)
    }
}

extension UnsafeRawBufferPointer {
    /// Calls `body` with each line, without its end.
    func forEachLine(_ body: (UnsafeRawBufferPointer) -> Void) {
        var rest = self
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            body(UnsafeRawBufferPointer(rebasing: rest[..<end]))
            rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min(end + 1, rest.endIndex)...])
        }
    }
}
