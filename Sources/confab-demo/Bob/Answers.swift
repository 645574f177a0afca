/// What Bob says: something friendly, and always a key to try.
struct Answers: Sendable {
  /// What he says once and not again until all was said.
  private static let tips = [
    "With nothing written, Up edits your last message.",
    "Tab goes to the messages: e edits one of yours, d deletes it.",
    "Ctrl-N begins a new thread; type Carol to find her.",
    "Alt-Down opens the next thread, Alt-Up the one before.",
    "F2 shows your own id, for others to add you.",
    "PgUp shows what was said before.",
    "Alt-Enter begins a new line in what you write.",
    "Ctrl-T shows how you were signed in, step by step.",
    "Alt-C calls me from here. I answer.",
  ]

  /// Whether Bob was asked to decline the next call.
  private(set) var declinesNextCall = false
  private var tipsGiven = 0

  /// What Bob answers to `text`.
  mutating func answer(to text: String) -> String {
    let text = text.lowercased()
    let words = Set(text.split { !$0.isLetter }.map(String.init))
    func says(_ any: Set<String>) -> Bool { !words.isDisjoint(with: any) }

    if says(["decline", "reject"]) {
      declinesNextCall = true
      return "All right, I will decline your next call. Try Alt-C, then F3 for how it ended."
    }
    if says(["call", "calls", "ring", "phone", "talk"]) {
      return "Yes, call me: Alt-C. I answer after two seconds; Alt-M mutes you, Alt-H hangs up. "
        + "Say decline first if you want to see that."
    }
    if says(["token", "tokens", "sign", "signed", "login"]) {
      return "Ctrl-T shows each step from the token service to Chat. Alt-N fetches a new token."
    }
    if says(["thanks", "thank", "thx", "merci", "danke", "tack", "谢谢", "спасибо", "شكرا"]) {
      return "You're welcome, Alice! \(nextTip())"
    }
    if says(["bye", "goodbye", "later"]) {
      return "See you! Ctrl-Q leaves, and nothing of me stays behind."
    }
    if says(Self.greetings) {
      return "Hello Alice! Good to see you 👋 F1 shows every key."
    }
    if text.contains(where: { "?？؟".contains($0) }) {
      return "Good question; I'd have to look it up. Meanwhile: \(nextTip())"
    }
    return "\(Self.nods[tipsGiven % Self.nods.count]) \(nextTip())"
  }

  /// Takes note that a call came; whether Bob declines it.
  mutating func declines() -> Bool {
    defer { declinesNextCall = false }
    return declinesNextCall
  }

  private static let greetings: Set<String> = [
    "hi", "hello", "hey", "hej", "hallo", "bonjour", "salut", "hola", "ciao", "morning", "你好",
    "こんにちは", "привет", "שלום", "مرحبا", "γεια",
  ]

  private static let nods = ["I like that.", "Noted!", "Sounds good to me.", "Ha, true."]

  private mutating func nextTip() -> String {
    defer { tipsGiven += 1 }
    return Self.tips[tipsGiven % Self.tips.count]
  }
}
