/// A plugin that is loaded for one test.
package enum PluginUnderTest {
    case redactor(RunningPlugin)
    case fold(RunningFold)
    case recommender(RunningRecommender)

    /// What the plugin logged in its last call.
    var log: String {
        switch self {
        case .redactor(let plugin): plugin.log
        case .fold(let plugin): plugin.log
        case .recommender(let plugin): plugin.log
        }
    }
}
