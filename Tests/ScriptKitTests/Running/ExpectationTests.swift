import ScriptKit
import Testing

@Suite("An expectation")
struct ExpectationTests {
  /// Bob says "Done" twice and "Begun" once; then Alice looks.
  private func failure(_ expectation: String) throws -> SceneResult.Failure? {
    try Played(
      """
      as Bob
        open "Harbour"
        send "Done"
        send "Begun"
        send "Done"
      as Alice
        open "Harbour"
        \(expectation)
      """
    ).failure
  }

  @Test(
    "holds when it is so",
    arguments: [
      "expect message \"Begun\"", "expect message \"Begun\", once",
      "expect message \"Done\", twice",
      "expect message \"Done\", 2 times", "expect message \"Done\", at least 2 times",
      "expect message \"Done\", at least once", "expect message \"x\", never",
      "expect message \"x\", 0 times", "expect no message \"x\"", "expect message has \"egu\"",
      "expect message is like \"B*n\" from Bob is sent", "expect no message from Alice is sent",
      "expect event message.received, 3 times", "expect event message.received has \"Done\"",
      "expect no event bell.rang has \"x\"", "expect request POST \"/chat/*/messages\", never",
      "expect thread \"Harbour\" is open is selected", "expect no thread \"Sea\"",
      "expect people is \"Alice, Bob\"", "expect people is like \"*, Bob\"",
      "expect composer is empty", "expect composer is not \"x\"", "expect title has \"Alice\"",
      "expect status is \"live\"", "expect line 1 has \"Confab  Alice\"",
      "expect line -1 has \"Enter send\"",
      "expect screen has \"Begun\"", "expect screen has no \"Ended\"",
      "expect state connection.kind is live", "expect state outbox.waiting is 0",
      "expect state outbox.waiting is below 1", "expect state thread.messages is above 2",
      "expect state me exists", "expect state thread.title is not Sea",
      "expect state thread.typing is empty", "expect no state thread.selected exists",
      "expect no state conversations[nobody] exists", "expect state threads.count exists",
      "expect state thread.title is not empty",
      "expect title is not empty", "expect message \"Begun\" from Bob in \"Harbour\"",
    ])
  func holds(_ expectation: String) throws { #expect(try failure(expectation)?.report == nil) }

  @Test(
    "fails when it is not so",
    arguments: [
      ("expect message \"Begun\", twice", "1 fits, and there should be 2:\n  Bob: \"Begun\""),
      (
        "expect message \"Done\", once",
        "2 fit, and there should be 1:\n  Bob: \"Done\"\n  Bob: \"Done\""
      ),
      (
        "expect message \"Done\", at least 3 times",
        "2 fit, and there should be 3 at the least:\n  Bob: \"Done\"\n  Bob: \"Done\""
      ),
      ("expect no message \"Begun\"", "1 fits, and there should be none:\n  Bob: \"Begun\""),
      ("expect event bell.rang has \"x\"", "bell.rang did not happen"),
      ("expect state thread.typing is not empty", "thread.typing is empty"),
      ("expect composer is not empty", "the composer is empty"),
      ("expect state thread.selected exists", "thread.selected is nil"),
      ("expect no state thread.nothing exists", "the state has nothing at thread.nothing"),
      ("expect composer is \"x\"", "the composer is empty"),
      ("expect people has no \"Bob\"", "who is in the thread is \"Alice, Bob\""),
      ("expect state outbox.waiting is above 0", "outbox.waiting is 0"),
      ("expect state outbox.wating exists", "the state has nothing at outbox.wating"),
      ("expect no state nonsense[1] exists", "the state has nothing at nonsense"),
      ("expect no state threads.slotz[99] exists", "the state has nothing at threads.slotz"),
      (
        "expect no state conversations[x].anchro[1] exists",
        "the state has nothing at conversations[x].anchro"
      ),
      (
        "let nothing = \"\"\n  expect composer has \"$nothing\"", "the composer is empty"
      ),
      (
        "let nothing = \"\"\n  expect screen has \"$nothing\"", "no row of the screen has \"\""
      ),
      ("expect line 99 is empty", "the screen has 16 rows"),
      (
        "expect thread \"Harbor\"",
        "there is no thread \"Harbor\"; there are:\n  \"Harbour\" (open, selected)"
      ),
    ])
  func fails(expectation: String, message: String) throws {
    #expect(try failure(expectation)?.message == message)
  }

  @Test("of two that fit lists both, when one is meant")
  func ambiguous() throws {
    let failure = try failure("expect message \"Done\"")
    #expect(
      failure?.message
        == "2 fit, and one is meant; say more of it, or how many there should be:\n  Bob: \"Done\"\n  Bob: \"Done\""
    )
  }

  @Test("shows ten of many that fit, and how many more there are")
  func many() throws {
    let lines = """
      as Alice
        open "Harbour"
        repeat 13 times with n
          send "Number $n"
        expect message has "Number"
      """
    let message = try #require(try Played(lines).failure).message
    #expect(message.hasPrefix("13 fit, and one is meant"))
    #expect(message.hasSuffix("\n  and 3 more"))
  }

  @Test(
    "of two threads of one topic lists both, whoever asks", arguments: ["open", "expect thread"])
  func twoThreads(verb: String) throws {
    let failure = try Played(
      "as Alice\n  \(verb) \"Harbour\"",
      headings: Played.headings + "thread \"Harbour\" with Bob, Alice\n"
    ).failure
    #expect(failure?.message.hasPrefix("2 ") == true)
    #expect(failure?.message.split(separator: "\n").count == 3)
  }

  @Test("looks once, without time passing, unless 'within' gives it some")
  func within() throws {
    let lines = { (end: String) in
      """
      fault chat is slow by 3s to Bob for 1m
      as Bob
        send "Slow" to "Harbour"
      as Alice
        expect message "Slow" from Bob\(end)
      """
    }
    #expect(try Played(lines("")).failure != nil)
    #expect(try Played(lines(" within 1s")).failure != nil)
    #expect(try Played(lines(" within 10s")).failure == nil)
    #expect(try Played(lines(", once within 10s")).failure == nil)
  }

  @Test("of a picture tells the first wrong row, and the picture to expect instead")
  func pictures() throws {
    let headings = Played.headings.replacing("60x16", with: "30x3")
    let failure = try Played(
      "as Alice\n  expect screen\n    | x |\n    | y |", headings: headings
    ).failure
    let message = try #require(failure?.message)
    #expect(
      message.hasPrefix("the screen is another from row 1 on; to expect what is there, write:\n"))
    let picture = message.split(separator: "\n").dropFirst()
    #expect(picture.count == 3)
    let lines = "as Alice\n  expect screen\n" + picture.joined(separator: "\n")
    #expect(try Played(lines, headings: headings).failure?.report == nil)
  }
}
