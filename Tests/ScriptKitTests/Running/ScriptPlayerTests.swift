import ScriptKit
import Testing

@Suite("A player of scripts")
struct ScriptPlayerTests {
  private static let lines = """
    as Alice
      send "one" to "Harbour"
    fault chat duplicates to Bob for 5s
    as Bob
      send "two" to "Harbour"
    advance 30s
    restart emulator
    as Alice
      type "half"
      expect message "two" from Bob, once
      snapshot "end"
    """

  @Test("plays a scene the same every time: the trace, line by line, and the snapshots")
  func determinism() throws {
    var traces: [[String]] = []
    var screens: [String?] = []
    for _ in 0..<2 {
      let files = Played.Files()
      let played = try Played(ScriptPlayerTests.lines, files: files, updates: true) { player in
        player.stage = { (script, scene) throws(StageError) in
          try WorldStage(script.setting, keepsTrace: true, keepsFiles: scene.killsServers)
        }
        player.trace = { ($0 as? WorldStage)?.world.trace.lines ?? [] }
      }
      #expect(played.failure?.report == nil)
      traces.append(played.results[0].trace)
      screens.append(files.text("t.snapshots/s.end.screen"))
    }
    #expect(traces[0].count > 50)
    #expect(zip(traces[0], traces[1]).first { $0 != $1 }.map { "\($0) / \($1)" } == nil)
    #expect(traces[0].count == traces[1].count)
    #expect(screens[0] != nil && screens[0] == screens[1])
  }

  @Test("plays a scene the same wherever it stands: each has a world of its own")
  func ownWorld() throws {
    let scene = { (name: String) in
      """
      scene "\(name)"
        as Alice
          open "Harbour"
          expect no message "Hello"
          send "Hello"
          expect message "Hello" is sent, once
        kill Bob

      """
    }
    let played = try Played(file: Played.headings + scene("one") + scene("two"))
    #expect(played.results.map(\.failure?.report) == [nil, nil])
    #expect(played.results.map(\.steps) == [5, 5])
  }

  @Test("says before each step whose it is, and stops where it is told to")
  func steps() throws {
    var seen: [String] = []
    let played = try Played("as Alice\n  read\nadvance 1s\nas Bob\n  read") { player in
      player.willDo = { step, seats in
        seen.append("\(step.person ?? "world"): \(step.source), \(seats.map(\.name))")
        return seen.count < 2
      }
    }
    #expect(
      seen == [#"Alice: read, ["Alice", "Bob"]"#, #"world: advance 1s, ["Alice", "Bob"]"#])
    #expect(played.failure?.message == "it was stopped here")
    #expect(played.results.first?.steps == 1)
  }

  @Test("keeps variables, those of the state included")
  func variables() throws {
    let lines = """
      let word = "Hello"
      as Alice
        open "Harbour"
        let topic = state thread.title
        send "$word, ${topic}!"
      as Bob
        open $topic
        expect message "Hello, Harbour!" from Alice
      """
    #expect(try Played(lines).failure?.report == nil)
  }

  @Test("tells why a world cannot be made")
  func noWorld() throws {
    let played = try Played("advance 1s") { player in
      player.stage = { (_, _) throws(StageError) in throw StageError("there is no room") }
    }
    #expect(
      played.failure?.report == """
        t.confab:4:1: FAILED "s"
          there is no room
        to play just this scene:
          confab script run t.confab --only s
        """)
  }

  @Test(
    "the command that plays a scene again names it whatever it is called",
    arguments: [
      ("s", "confab script run t.confab --only s"),
      ("it's late", "confab script run t.confab --only 'it'\\''s late'"),
      ("-x", "confab script run t.confab --only=-x"),
      ("red \u{1B}[31m\u{202E}", "confab script run t.confab --only $'red \\u001b[31m\\u202e'"),
    ])
  func command(name: String, expected: String) throws {
    let file = "users Alice\nscene \"\(ScriptText.quoted(name))\"\n  advance 1s\n"
    let played = try Played(file: file) { player in player.willDo = { _, _ in false } }
    #expect(played.failure?.report.split(separator: "\n").last == "  \(expected)")
    var script = played.script
    script.path = "-dash.confab"
    #expect(
      ScriptPlayer.command(script, script.scenes[0]).hasPrefix("confab script run ./-dash.confab "))
  }

  @Test("two threads of one topic are listed with their people, as far as the client knows them")
  func sameTopic() throws {
    let headings = """
      users Alice, Bob, Carol
      thread "Harbour" with Alice, Carol
      thread "Harbour" with Alice, Bob

      """
    let failure = try Played("as Alice\n  open \"Harbour\"", headings: headings).failure
    let lines = try #require(failure).message.split(separator: "\n")
    #expect(lines.first == "2 threads are called \"Harbour\", and one is meant:")
    #expect(lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasPrefix("  19:") })
    // The people of a thread are read once it is open, as one of the two is.
    #expect(lines.count { $0.contains(", with Alice, ") } == 1, "\(lines)")
  }

  @Test(
    "what is done elsewhere names one thread and one message, or fails with both",
    arguments: [
      (
        "as Alice\n  create \"Harbour\" with Bob\nas Bob\n  elsewhere send \"x\" to \"Harbour\"",
        "2 threads are called \"Harbour\", and one is meant:"
      ),
      (
        "as Bob\n  elsewhere send \"x\" to \"Harbour\"\n  elsewhere send \"x\" to \"Harbour\"\n  elsewhere edit \"x\" to \"y\" in \"Harbour\"",
        "2 messages are called \"x\", and one is meant:"
      ),
      ("as Bob\n  elsewhere delete \"x\" in \"Harbour\"", "there is no message \"x\""),
    ])
  func elsewhere(lines: String, expected: String) throws {
    let message = try #require(try Played(lines).failure?.message)
    #expect(message.contains(expected), "\(message)")
    #expect(!expected.hasPrefix("2") || message.split(separator: "\n").count >= 3)
  }

  @Test("what a terminal would obey is spelled out")
  func steering() {
    #expect("a\u{1B}[31m\nb\u{9B}\u{202E}é".withoutSteering == "a\\u{1B}[31m\nb\\u{9B}\\u{202E}é")
  }

  @Test("a client that was killed while its machine slept is online once it starts again")
  func killedAsleep() throws {
    let played = try Played(
      """
      as Alice
        sleep
        restart
      as Bob
        send "Hello" to "Harbour"
      advance 30s
      as Alice
        open "Harbour"
        expect message "Hello" from Bob, once
      """)
    #expect(played.failure?.report == nil)
  }

  @Test(
    "what cannot be done fails, and is not passed over",
    arguments: [
      ("sleep\nsend \"x\"", "Alice's machine sleeps; 'wake' opens its lid"),
      ("sleep\ntype \"x\"", "Alice's machine sleeps; 'wake' opens its lid"),
      ("sleep\npress Enter", "Alice's machine sleeps; 'wake' opens its lid"),
      ("sleep\nresize 70x20", "Alice's machine sleeps; 'wake' opens its lid"),
      ("sleep\nsleep", "Alice's machine sleeps; 'wake' opens its lid"),
      ("wake", "Alice's machine does not sleep"),
      ("pin", "Alice has no thread open"), ("quieten", "Alice has no thread open"),
      ("read", "Alice has no thread open"),
    ])
  func impossible(_ lines: String, _ message: String) throws {
    let body = lines.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let played = try Played("as Alice\n\(body)", headings: "users Alice\n")
    #expect(
      played.failure?.message.hasPrefix(message) == true, "\(played.failure?.report ?? "it passed")"
    )
  }

  @Test("a 'let' between scenes holds for those below it")
  func letBetweenScenes() throws {
    let scene = { (name: String, text: String) in
      """
      scene "\(name)"
        as Alice
          type "$word"
          expect composer is "\(text)"

      """
    }
    let played = try Played(
      file: Played.headings + "let word = \"one\"\n" + scene("first", "one")
        + "let word = \"${word}s\"\n" + scene("second", "ones"))
    #expect(played.results.map(\.failure?.report) == [nil, nil])
  }

  @Test("what a block gives a value has the outer one again after it")
  func blocks() throws {
    let played = try Played(
      """
      let y = "outer"
      let n = "name"
      repeat 2 times with n
        let y = "$y, inner $n"
      as Alice
        type "$y $n"
        expect composer is "outer name"
      """)
    #expect(played.failure?.report == nil)
  }

  @Test(
    "what is blank only once its variable is known is refused, too",
    arguments: [
      "open \"Harbour\"\nsend \"$e\"", "rename to \"$e\"", "create \"$e\" with Bob",
      "send \"x\" to \"Harbour\"\nedit \"x\" to \"$e\"",
    ])
  func blank(_ lines: String) throws {
    let body = lines.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let played = try Played("let e = \"  \"\nas Alice\n\(body)")
    #expect(played.failure?.message.contains("has something in it") == true)
  }

  @Test("a variable that is doubled again and again has an end")
  func doubled() throws {
    let lines = Array(repeating: "let a = \"$a$a\"", count: 40).joined(separator: "\n")
    let played = try Played("let a = \"aa\"\n\(lines)")
    #expect(
      played.failure?.message.hasPrefix("a variable holds 65536 bytes at the most") == true,
      "\(played.failure?.report ?? "it passed")")
  }
}
