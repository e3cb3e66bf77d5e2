internal import CBridge
internal import Lua
internal import Plugins

extension Engine {
    /// Puts a plugin behind those that recommend, and leaves its manifest in the results; else false, and why.
    func loadRecommender(_ source: UnsafeRawBufferPointer, name: String, limits: LuaLimits) -> Bool {
        results.removeAll()
        do throws(PluginLoadError) {
            let recommender = try LuaRecommender(
                source: source, file: name, context: PluginContext(limits: limits, hash: hash))
            recommenders.append(recommender)
            append(recommender.manifest)
            return true
        } catch {
            results.append(error.message)
            return false
        }
    }

    /// Asks a plugin about a viewer, and leaves its list and what it logged; false where it failed, and why.
    func recommend(_ plugin: Int, _ viewer: UnsafeRawBufferPointer, count: Int, seed: UInt64) -> Bool {
        results.removeAll()
        guard recommenders.indices.contains(plugin) else {
            append(PluginFailure(plugin: "", code: "error", message: "there is no such plugin"))
            results.append([UInt8]())
            return false
        }
        let recommender = recommenders[plugin]
        do throws(PluginFailure) {
            results.append(try recommender.answer(viewer, count: count, seed: seed, asking: answers))
            results.append(recommender.log)
            return true
        } catch {
            append(error)
            results.append(recommender.log)
            return false
        }
    }
}

/// Has questions answered by the host, through the function that the engine imports.
final class HostAnswers: QuestionAnswers {
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)

    deinit {
        room.deallocate()
    }

    override func answer(_ question: UInt32, _ text: UnsafeRawBufferPointer, count: Int) -> UnsafeRawBufferPointer? {
        var length = vh_host_ask(
            question, text.baseAddress, UInt32(text.count), UInt32(clamping: count), room.baseAddress,
            UInt32(room.count))
        if length > room.count {
            room.deallocate()
            room = .allocate(byteCount: Int(length), alignment: 8)
            length = vh_host_ask(UInt32(VH_ASK_AGAIN), nil, 0, 0, room.baseAddress, UInt32(room.count))
        }
        return length < 0 ? nil : UnsafeRawBufferPointer(rebasing: room[..<min(Int(length), room.count)])
    }
}
