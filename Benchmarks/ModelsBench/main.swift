internal import Foundation
internal import Models

// Trains a model on made-up viewers, and prints a line of JSON; `Benchmarks/models.py` runs it.
guard CommandLine.arguments.count == 3, let share = Double(CommandLine.arguments[1]), share > 0, share <= 1 else {
    print("usage: models-bench SHARE RECIPE\n  A share of 1 is a million viewers with fifty titles each, of 20,000.")
    exit(2)
}
do throws(ModelError) {
    let recipe = try ModelRecipe(parsing: CommandLine.arguments[2])
    print(try trained(recipe, on: MadeUpViewers(count: Int(1_000_000 * share), titles: 20_000, meanEntries: 50)))
} catch {
    FileHandle.standardError.write(Data("models-bench: \(error.message)\n".utf8))
    exit(1)
}

/// How long training took, and the most memory before and after it.
func trained(_ recipe: ModelRecipe, on viewers: MadeUpViewers) throws(ModelError) -> String {
    let interactions = viewers.interactions
    let before = peakMegabytes()
    let started = ContinuousClock.now
    let model = try recipe.train(
        interactions, now: MadeUpViewers.end, jobs: ProcessInfo.processInfo.activeProcessorCount)
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    return """
        {"recipe":"\(recipe.text)","viewers":\(interactions.viewerCount),"entries":\(interactions.count),\
        "titles":\(model.titleCount),"seconds":\(seconds),"data_mb":\(before),"peak_mb":\(peakMegabytes())}
        """
}

/// The most memory that the process had so far.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1024
}
