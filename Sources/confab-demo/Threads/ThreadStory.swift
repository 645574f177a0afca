/// A thread with what was said in it before the demo begins.
struct ThreadStory: Sendable {
  /// Who may speak.
  enum Speaker: Sendable {
    case alice, bob, carol
  }

  /// What the thread is called.
  let topic: String
  /// Who made it.
  let owner: Speaker
  /// Who else is in it.
  let others: [Speaker]
  /// Who said what, in order.
  let lines: [(speaker: Speaker, text: String)]

  /// Those that stand below the one that the client opens.
  static let earlier = [books, lunch]

  private static let books = ThreadStory(
    topic: "Books worth a second reading", owner: .carol, others: [.alice],
    lines: [
      (.carol, "Мастер и Маргарита, every winter. What is yours?"),
      (.alice, "雪国, as soon as it snows. And anything by Tove Jansson."),
      (.carol, "Then try ألف ليلة وليلة, one night at a time."),
      (.carol, "I'll bring it on Thursday 📚"),
    ])

  private static let lunch = ThreadStory(
    topic: "Lunch 🍜", owner: .carol, others: [.alice, .bob],
    lines: [
      (.carol, "Ramen at the corner, half past twelve? 🍜"),
      (.bob, "Count me in. With an extra egg, please 🥚"),
      (.carol, "我订了四个人的位子: a table for four."),
      (.alice, "On my way after the stand-up 🏃‍♀️"),
    ])

  /// The one that the client opens.
  static let release = ThreadStory(
    topic: "Release room", owner: .bob, others: [.alice],
    lines: [
      (.bob, "Good morning! The candidate is on staging."),
      (.alice, "Lovely. Did the token renewal hold overnight?"),
      (.bob, "Eleven renewals and not one gap. Ctrl-T shows yours."),
      (.alice, "And שלום עולם, 日本語 and Ελληνικά keep their columns 👩‍🚀"),
      (.bob, "Write to me here, or call me with Alt-C: I answer both. F1 shows all the keys."),
    ])
}
