internal import CBridge
internal import Plugins

/// Where one instance of the engine has a recommender's questions answered: while the recommender runs, and only then.
final class QuestionDesk: GuestHost {
    /// What answers; nil where nothing may be asked.
    var answers: QuestionAnswers?
    /// The last answer, which is good until the next question.
    private var last: UnsafeRawBufferPointer?

    private static let noAnswer: Int32 = -1

    /// `viewerhost.ask`, as docs/engine-abi.md has it.
    static let ask = ModuleFunction(name: "ask", parameters: 6, returns: true) { environment, caller, values, _ in
        GuestHost.call(QuestionDesk.self, environment, caller, values) { desk, context, values throws(ModuleFailure) in
            let text = try desk.bytes(at: values[1], count: values[2], in: context)
            guard let answer = try desk.answer(values[0], UnsafeRawBufferPointer(text), count: values[3]) else {
                return noAnswer
            }
            return try desk.give(answer, to: values[4], capacity: values[5], in: context)
        }
    }

    /// Answers questions from `answers` while `body` runs.
    func serving<R>(
        _ answers: QuestionAnswers, _ body: () throws(WasmError) -> R
    ) throws(WasmError) -> R {
        self.answers = answers
        defer {
            self.answers = nil
            last = nil
        }
        return try body()
    }

    private func answer(
        _ question: UInt32, _ text: UnsafeRawBufferPointer, count: UInt32
    ) throws(ModuleFailure) -> UnsafeRawBufferPointer? {
        guard let answers else { throw ModuleFailure("error", "nothing can be asked now") }
        if question == UInt32(VH_ASK_AGAIN) { return last }
        guard question < VH_QUESTION_COUNT.rawValue else {
            throw ModuleFailure("error", "there is no such question")
        }
        last = answers.answer(question, text, count: min(Int(count), Int(VH_MOST_TITLES)))
        return last
    }
}
