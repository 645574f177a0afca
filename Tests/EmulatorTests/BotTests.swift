import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct BotTests {
  let bench: Bench
  let user: User
  let thread: ChatThreadID

  init() throws {
    bench = try Bench()
    user = try bench.user()
    thread = try bench.thread(user)
  }

  /// Makes a bot and lets it take part.
  func bot(_ name: String, _ script: JSONValue) throws -> String {
    let answer = bench.administer("PUT", "/bots/\(name)", ["name": "Bot", "bot": script])
    #expect(answer.status == 201, "\(answer.text)")
    let joined = bench.administer("POST", "/bots/\(name)/threads/\(thread.rawValue.percentEncoded)")
    #expect(joined.status == 204, "\(joined.text)")
    return try #require(try JSONValue.parse(answer.body)["identity"]?.string)
  }

  /// The texts of the thread, oldest first.
  func texts() throws -> [String] {
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: thread), as: user).body)
    return page.value.filter { $0.type == "text" }.compactMap { $0.content?.message }.reversed()
  }

  @Test("a bot reads, types and answers after its time, and others are told of it")
  func echo() throws {
    let identity = try bot("echo", "echo")
    let client = try bench.listener(user)
    try bench.say("hello", as: user, in: thread)
    bench.wait(.zero)
    #expect(try client.eventIDs() == [200, 246, 245])
    #expect(try texts() == ["hello"])
    bench.wait(.milliseconds(499))
    #expect(try texts() == ["hello"])
    #expect(bench.emulator.nextDeadline == bench.clock.now + .milliseconds(1))
    bench.wait(.milliseconds(1))
    #expect(try texts() == ["hello", "hello"])
    let events = try client.events()
    #expect(events.map { $0["eventId"]?.integer } == [200])
    #expect(events.first?["senderId"]?.string == identity)
    bench.wait(.seconds(60))
    #expect(try texts().count == 2, "a bot does not answer itself")
  }

  @Test("the first rule that fits answers, with what the stars stood for")
  func rules() throws {
    _ = try bot(
      "harbour",
      [
        "greeting": "Welcome to {topic}!", "after": 1,
        "rules": [
          ["when": ["hello*", "hi"], "reply": "Hello, {sender}."],
          ["when": "where is *?", "reply": ["Let me look", "{1} is at {topic}. {nothing}"]],
          ["when": "* of *", "reply": "{2}/{1}"],
        ],
      ])
    bench.wait(.seconds(1))
    var expected = ["Welcome to Boats!"]
    #expect(try texts() == expected)
    for (said, answers) in [
      (" Hello there ", ["Hello, somebody."]), ("HI", ["Hello, somebody."]),
      ("Where is {text}?", ["Let me look", "{text} is at Boats. {nothing}"]),
      ("the end of all", ["all/the end"]), ("nothing fits", []),
    ] {
      try bench.say(said, as: user, in: thread)
      bench.wait(.seconds(1))
      bench.wait(.seconds(1))
      expected += [said] + answers
    }
    #expect(try texts() == expected)
  }

  @Test("two bots in a thread do not answer each other")
  func two() throws {
    _ = try bot("one", "echo")
    _ = try bot("two", "echo")
    try bench.say("hello", as: user, in: thread)
    for _ in 1...10 { bench.wait(.seconds(1)) }
    #expect(try texts() == ["hello", "hello", "hello"])
  }

  @Test("a bot that was removed answers no more, and one that left the thread neither")
  func removed() throws {
    let identity = try bot("echo", "echo")
    try bench.say("one", as: user, in: thread)
    #expect(bench.administer("DELETE", "/bots/echo").status == 204)
    bench.wait(.seconds(1))
    #expect(try texts() == ["one"])
    #expect(bench.administer("DELETE", "/bots/echo").status == 404)
    #expect(try bot("echo", "echo") == identity, "its identity stays")
    try bench.say("two", as: user, in: thread)
    _ = bench.send(
      bench.chat.removeParticipant(CommunicationIdentifier(rawID: identity), from: thread), as: user
    )
    bench.wait(.seconds(1))
    #expect(try texts() == ["one", "two"])
  }

  @Test("bots are there after a restart, and wait while the clock is frozen")
  func restart() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      do {
        _ = try Bench(path: path).administer("PUT", "/bots/echo", ["bot": "echo"])
      }
      let bench = try Bench(path: path, seed: 2)
      let bots = try JSONValue.parse(bench.administer("GET", "/bots").body)["value"]?.array
      #expect(bots?.map { $0["name"]?.string } == ["echo"])
    }
    _ = try bot("echo", "echo")
    _ = bench.administer("POST", "/clock", ["frozen": true])
    try bench.say("hello", as: user, in: thread)
    bench.wait(.seconds(60))
    #expect(try texts() == ["hello"])
    _ = bench.administer("POST", "/clock", ["advanceMilliseconds": 500])
    bench.wait(.zero)
    #expect(try texts() == ["hello", "hello"])
  }

  @Test("what is wrong with a bot is refused by name")
  func refusals() throws {
    for (body, target) in [
      (#"{}"#, "bot"), (#"{"bot":"parrot"}"#, "bot"), (#"{"bot":{"rule":[]}}"#, "bot.rule"),
    ] {
      let answer = bench.administer("PUT", "/bots/x", text: body)
      #expect(answer.status == 400)
      #expect(answer.text.contains(target), "\(answer.text)")
    }
    #expect(bench.administer("POST", "/bots/x/threads/y").status == 404)
    #expect(try bench.administer("POST", "/bots/\(named())/threads/y").status == 404)
  }

  private func named() throws -> String {
    _ = try bot("z", "echo")
    return "z"
  }

  @Test(
    "patterns fit as they should",
    arguments: [
      ("*", "anything", ["anything"]), ("a*c", "abc", ["b"]), ("a*c", "ac", [""]),
      ("a*c", "a", nil), ("ab", "AB", []), ("ab", "abc", nil), ("*b*", "abcb", ["a", "cb"]),
      ("a*a", "a", nil), ("", "", []), ("**", "x", ["", "x"]), ("é*", "ÉTÉ", ["TÉ"]),
    ] as [(String, String, [String]?)])
  func patterns(pattern: String, text: String, stars: [String]?) {
    #expect(BotPattern(pattern).stars(in: text) == stars)
  }
}
