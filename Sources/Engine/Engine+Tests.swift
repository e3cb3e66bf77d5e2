internal import Lua
internal import PluginTesting

extension Engine {
    /// Takes a plugin and its tests, and leaves which tests there are; else false, and why not.
    func openTests(_ tests: TestRun.File, of plugin: TestRun.File, limits: LuaLimits) -> Bool {
        self.tests = nil
        results.removeAll()
        do throws(Stop) {
            let run = try TestRun(tests, of: plugin, limits: limits)
            run.list(&results)
            self.tests = run
            return true
        } catch {
            results.append(error.message)
            return false
        }
    }

    /// Runs one of the tests that were opened last, and leaves what became of it; or why it could not be run.
    func runTest(_ index: Int) -> TestRun.Outcome {
        results.removeAll()
        do throws(Stop) {
            guard let tests else { throw Stop("no tests are open") }
            return try tests.run(index, &results)
        } catch {
            results.append(error.message)
            return .stopped
        }
    }
}
