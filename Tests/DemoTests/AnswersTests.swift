import Testing

@testable import confab_demo

@Suite("What Bob says")
struct AnswersTests {
  @Test(
    "an answer names the keys that help with what was said",
    arguments: [
      ("Hello Bob", "F1"), ("你好！", "F1"), ("Привет, Боб", "F1"), ("May I call you?", "Alt-C"),
      ("What is in my TOKEN?", "Ctrl-T"), ("bye for now", "Ctrl-Q"),
      ("please decline my call", "F3"),
    ])
  func namesKeys(text: String, key: String) {
    var answers = Answers()
    let answer = answers.answer(to: text)
    #expect(answer.contains(key), "\(text): \(answer)")
  }

  @Test("a word within another word is not that word")
  func wholeWords() {
    var answers = Answers()
    let answer = answers.answer(to: "which one? this recalls hire")
    #expect(answer.hasPrefix("Good question"))
  }

  @Test("he does not repeat a tip before all were given")
  func tipsDoNotRepeat() {
    var answers = Answers()
    let given = (1...9).map { answers.answer(to: "message \($0)") }
    let tips = given.map { $0.drop { !".!".contains($0) } }
    #expect(Set(tips).count == 9, "\(tips)")
  }

  @Test("asked to decline, he declines one call and answers the next")
  func declinesOnce() {
    var answers = Answers()
    var declined = [answers.declines()]
    _ = answers.answer(to: "Decline, please")
    declined += [answers.declines(), answers.declines()]
    #expect(declined == [false, true, false])
  }
}
