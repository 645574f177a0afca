import ScriptKit
import Testing

@Suite("The check of a script")
struct ScriptCheckTests {
  /// What is wrong with a script whose scene has these lines; `nil` for nothing.
  private func complaint(
    _ lines: String, heading: String = "users Alice, Bob", files: [String: String] = [:]
  ) -> String? {
    let body = lines.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    let text = "\(heading)\nscene \"s\"\n" + body.joined(separator: "\n") + "\n"
    return complaint(of: text, files: files)
  }

  private func complaint(of text: String, files: [String: String] = [:]) -> String? {
    do throws(ScriptErrors) {
      _ = try ScriptParser.parse(Array(text.utf8), path: "t.confab") {
        files[$0].map { Array($0.utf8) }
      }
      return nil
    } catch {
      return error.description
    }
  }

  /// A script that is wrong, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let lines: String
    let message: String

    init(_ lines: String, _ message: String) {
      self.lines = lines
      self.message = message
    }

    var testDescription: String { lines }
  }

  @Test(
    "what is wrong with a line is told with its place, and with the nearest word",
    arguments: [
      Case("as Alice\n  opne \"T\"", "t.confab:4:5: there is no verb 'opne'; did you mean 'open'?"),
      Case("advnce 2s", "t.confab:3:3: there is no verb 'advnce'; did you mean 'advance'?"),
      Case(
        "as Alcie\n  read",
        "t.confab:3:6: there is no user 'Alcie'; there are 'Alice' or 'Bob'; did you mean 'Alice'?"),
      Case("read", "t.confab:3:3: somebody does 'read': it stands below 'as Alice'"),
      Case(
        "as Alice\n  clear faults",
        "t.confab:4:5: the world does 'clear faults', not Alice: it stands in the scene itself, not below 'as'"
      ),
      Case(
        "as Alice\n  as Bob\n    read",
        "t.confab:4:5: Alice acts here; 'as' stands in the scene itself"),
      Case("as Alice", "t.confab:3:3: Alice does nothing; what they do is indented below 'as'"),
      Case("as Alice\n  open T", "t.confab:4:10: the topic in quotes belongs here, not 'T'"),
      Case("as Alice\n  open \"T", "t.confab:4:10: this text has no closing '\"'"),
      Case(
        "as Alice\n  type \"\\q\"",
        "t.confab:4:11: there is no such escape; there are \\n, \\t, \\\", \\\\, \\$ and \\u{1F600}"
      ),
      Case(
        "as Alice\n  type \"$x\"",
        "t.confab:4:10: nothing gave $x a value; 'let x = \"…\"' gives it one"),
      Case(
        "as Alice\n  press Entre",
        "t.confab:4:11: there is no key 'Entre'; keys are written Enter, PgUp, F1, Ctrl-N, Alt-Up or x; did you mean 'Enter'?"
      ),
      Case("as Alice\n  open \"T\" now", "t.confab:4:14: the line should end before 'now'"),
      Case(
        "as Alice\n  open \"T\"\n    read",
        "t.confab:5:7: nothing belongs below 'open \"T\"'; indent this line like it"),
      Case(
        "as Alice\n    read\n  read",
        "t.confab:5:5: this line is indented by 4, and those before it by 6"),
      Case(
        "advance soon",
        "t.confab:3:11: a length of time, such as 90s, 15m or 1h30m, belongs here, not 'soon'"),
      Case(
        "fault token-servce is down",
        "t.confab:3:9: what fails is 'token-service', 'chat', 'events' or 'network', not 'token-servce'; did you mean 'token-service'?"
      ),
      Case(
        "fault chat explodes",
        "t.confab:3:14: 'answers', 'is down', 'is slow by', 'loses requests', 'loses answers', 'resets', 'duplicates', 'falls silent' or 'repeats an old answer' belongs here, not 'explodes'"
      ),
      Case(
        "as Alice\n  expect mesage \"x\"",
        "t.confab:4:12: nothing is called 'mesage'; there are 'composer', 'status', 'message', 'messages', 'thread', 'people', 'screen', 'line', 'title', 'state', 'event', 'request' or 'notification'; did you mean 'message'?"
      ),
      Case(
        "as Alice\n  expect event token.renewd",
        "t.confab:4:18: there is no event 'token.renewd'; did you mean 'token.renewed'?"),
      Case(
        "as Alice\n  expect message \"x\", thrice",
        "t.confab:4:25: 'once', 'N times', 'at least N times' or 'never' belongs here, not 'thrice'"
      ),
      Case(
        "as Alice\n  expect message \"x\" is sended",
        "t.confab:4:27: how it stands is 'queued', 'sending', 'sent', 'failed', 'edited', 'deleted' or 'deleting', not 'sended'"
      ),
      Case(
        "as Alice\n  expect screen",
        "t.confab:4:18: 'has' and a text, or a picture below, belongs here, not the end of the line"
      ),
      Case(
        "as Alice\n  expect screen\n    read",
        "t.confab:5:7: a row of a picture stands between two '|'"),
      Case("as Alice\n  expect screen\n    |abc", "t.confab:5:7: a row of a picture ends with '|'"),
      Case("repeat 3", "t.confab:3:11: nothing is repeated; what is, is indented below"),
      Case(
        "as Alice\n  snapshot \"a\"\n  snapshot \"A!\"",
        "t.confab:5:14: the snapshot of line 4 is kept in the same file; give it another name"),
      Case("users Carol", "t.confab:3:3: 'users' stands before the first scene, not in one"),
      Case("\tread", "t.confab:3:3: a tab stands here; indentation is made of blanks"),
      Case(
        "thread \"T\" with Alice\n  message \"x\" from Bob",
        "t.confab:4:22: Bob is not in the thread \"T\""),
      Case("thread \"T\" with Alice, Alice", "t.confab:3:19: somebody is named twice"),
      Case("include \"gone.steps\"", "t.confab:3:11: gone.steps cannot be read"),
      Case(
        "as Alice\n  expect state x is not like",
        "t.confab:4:27: 'is not like' cannot be said; a value in quotes may be any word"),
      Case(
        "as Alice\n  expect message \"x\" from Bob from Alice",
        "t.confab:4:33: 'from' is said twice"),
      Case(
        "as Alice\n  expect thread \"x\" has 1 unread has 2 unread",
        "t.confab:4:36: 'has' is said twice"),
      Case(
        "fault chat is down for 5s for 3 times", "t.confab:3:29: 'for' is said twice"),
      Case(
        "fault emulator lose on event 200 on event 201",
        "t.confab:3:36: 'on event' is said twice"),
      Case(
        "repeat 20\n  as Alice\n    press x 10000 times",
        "t.confab:5:15: what is repeated is done 100000 times at the most, one within another counted"
      ),
      Case(
        "repeat 400\n  advance 24h",
        "t.confab:4:13: no more than a year passes, what is repeated counted"),
      Case(
        "as Alice\n  type \"a\u{1B}[31mb\"",
        "t.confab:4:12: a control character stands here; in a text it is \\u{1B}"),
      Case(
        "advance 1s # \u{9B}",
        "t.confab:3:16: a control character stands here; in a text it is \\u{9B}"),
      Case(
        "repeat 2\n  as Alice\n    snapshot \"x\"",
        "t.confab:5:16: what is repeated has no snapshot: all would be kept in one file"),
      Case(
        "as Alyce\n  opne \"T\"",
        "t.confab:3:6: there is no user 'Alyce'; there are 'Alice' or 'Bob'; did you mean 'Alice'?\nt.confab:4:5: there is no verb 'opne'; did you mean 'open'?"
      ),
      Case("SEND \"x\"", "t.confab:3:3: there is no verb 'SEND'; did you mean 'send'?"),
      Case("clear", "t.confab:3:3: there is no verb 'clear'; did you mean 'clear faults'?"),
      Case(
        "as Alice\n  press Ctrl-Entr",
        "t.confab:4:11: there is no key 'Ctrl-Entr'; keys are written Enter, PgUp, F1, Ctrl-N, Alt-Up or x; did you mean 'Ctrl-Enter'?"
      ),
      Case(
        "as Alice\n  expect state a[ is 3",
        "t.confab:4:18: 'a[' is no path; one is written connection.kind or conversations[$id].anchor"
      ),
      Case(
        "as Alice\n  expect state a..b is 3",
        "t.confab:4:18: 'a..b' is no path; one is written connection.kind or conversations[$id].anchor"
      ),
      Case("wait 5s", "t.confab:3:3: there is no verb 'wait'; did you mean 'advance'?"),
      Case(
        "as Alice\n  sleep 5s",
        "t.confab:4:11: 'sleep' closes the lid until 'wake'; time moves by 'advance'"),
      Case(
        "as Alice\n  press Ctl-N",
        "t.confab:4:11: there is no key 'Ctl-N'; keys are written Enter, PgUp, F1, Ctrl-N, Alt-Up or x; did you mean 'Ctrl-N'?"
      ),
      Case(
        "as Alice\n  press Crtl-Up",
        "t.confab:4:11: there is no key 'Crtl-Up'; keys are written Enter, PgUp, F1, Ctrl-N, Alt-Up or x; did you mean 'Ctrl-Up'?"
      ),
      Case(
        "as Alice\n  expect message \"x\" once",
        "t.confab:4:24: a comma belongs before 'once'"),
      Case(
        "as Alice\n  expect request POST \"/x\" 3 times",
        "t.confab:4:30: a comma belongs before '3'"),
      Case(
        "as Alice\n  remove Alice",
        "t.confab:4:12: Alice acts here; who takes themselves out of a thread does 'leave'"),
      Case(
        "fault emulator reorder by 3s",
        "t.confab:3:26: of 'reorder' 'on event', 'to', 'for' or the end of the line belongs here, not 'by'"
      ),
      Case(
        "fault emulator cut on event 200",
        "t.confab:3:22: of 'cut' 'to' or the end of the line belongs here, not 'on'"),
      Case(
        "fault emulator clock-skew by 1h to Alice",
        "t.confab:3:35: of 'clock-skew' 'by' or the end of the line belongs here, not 'to'"),
      Case(
        "as Alice\n  create \"T\" with Alice",
        "t.confab:4:21: somebody else belongs to a new thread"),
      Case(
        "fault chat is down on POST \"chat/threads/*\"",
        "t.confab:3:30: a path begins with '/' or, for any beginning, with '*'"),
      Case(
        "as Alice\n  expect no request GET \"chat*\"",
        "t.confab:4:27: a path begins with '/' or, for any beginning, with '*'"),
      Case(
        "as Alice\n  expect request GET \"\"", "t.confab:4:24: a path has something in it"),
      Case(
        "as Alice\n  expect screen has \"\"", "t.confab:4:23: every row has nothing in it"),
      Case(
        "as Alice\n  expect screen has\n    |  |\n    ||",
        "t.confab:4:5: there is nothing in the picture"),
      Case(
        "as Alice\n  resize 0x5",
        "t.confab:4:12: a screen has up to 500x300 cells, and one at the least"),
    ])
  func lines(_ wrong: Case) {
    #expect(complaint(wrong.lines) == wrong.message)
  }

  @Test("all that is wrong is told at once, in the order of the file")
  func all() {
    let text = "users Alice\nthred \"x\"\nscene \"s\"\n  as Alice\n    opne\n    tpye\n"
    #expect(
      complaint(of: text)
        == """
        t.confab:2:1: there is no heading 'thred'; did you mean 'thread'?
        t.confab:5:5: there is no verb 'opne'; did you mean 'open'?
        t.confab:6:5: there is no verb 'tpye'; did you mean 'type'?
        """)
  }

  @Test("of a file that is wrong all over the first 50 places are told, and that there are more")
  func most() {
    func told(_ count: Int) -> [Substring] {
      let lines = String(repeating: "    opne\n", count: count)
      return complaint(of: "users Alice\nscene \"s\"\n  as Alice\n\(lines)")?.split(separator: "\n")
        ?? []
    }
    #expect(told(50).count == 50)
    #expect(told(50).last?.contains("did you mean") == true)
    #expect(told(20_000).count == 51)
    #expect(
      told(20_000).last
        == "t.confab:54:5: more is wrong from here on, and told once the rest is mended")
  }

  @Test("a script for a newer language says which")
  func version() {
    #expect(
      complaint(of: "needs confab 2\nscene \"s\"\n  advance 1s\n")
        == "t.confab:1:1: the script needs version 2 of the language, and this Confab knows version 1"
    )
    #expect(complaint(of: "needs confab 1\nscene \"s\"\n  advance 1s\n") == nil)
  }

  @Test("a script without a scene, and two scenes of one name, are wrong")
  func scenes() {
    #expect(
      complaint(of: "users Alice\n")
        == "t.confab:1: there is no scene; 'scene \"NAME\"' begins one")
    #expect(complaint(of: "") == "t.confab:1: there is no scene; 'scene \"NAME\"' begins one")
    #expect(
      complaint(of: "scene \"s\"\n  advance 1s\nscene \"s\"\n  advance 1s\n")
        == "t.confab:3:7: the scene of line 1 is called \"s\", too")
    #expect(
      complaint(of: "scene \"s\"\n")
        == "t.confab:1:1: the scene is empty; its lines are indented below it")
  }

  @Test(
    "what holds for every scene is said once, also across files",
    arguments: [
      "screen 60x16", "seed 2", "clock 2026-03-04T17:21:09Z", "tokens live 2h",
      "pages of 5 messages", "realtime off",
    ])
  func twice(heading: String) {
    let name = heading.split(separator: " ")[0]
    let scene = "scene \"s\"\n  advance 1s\n"
    #expect(
      complaint(of: "\(heading)\nusers Alice\n\(heading)\n\(scene)")
        == "t.confab:3:1: '\(name)' stands in line 1, too")
    #expect(
      complaint(
        of: "include \"all.inc\"\n\(heading)\n\(scene)", files: ["all.inc": "\n\(heading)\n"])
        == "t.confab:2:1: '\(name)' stands in line 2 of all.inc, too")
    #expect(complaint(of: "needs confab 1\nneeds confab 1\n\(heading)\n\(scene)") == nil)
  }

  @Test("two scenes with snapshots are not kept in the same files")
  func sameFiles() {
    func text(_ first: String, _ second: String, _ step: String) -> String {
      "users Alice\n"
        + [first, second].map { "scene \"\($0)\"\n  as Alice\n    \(step)\n" }.joined()
    }
    #expect(
      complaint(of: text("A b", "a-b", "snapshot \"x\""))
        == "t.confab:5:7: the snapshots of the scene of line 2 are kept in the same files; give it another name"
    )
    #expect(complaint(of: text("A b", "a-b", "read")) == nil)
    #expect(
      complaint(of: text("!!!", "b", "snapshot \"x\""))
        == "t.confab:4:14: the name of a scene with snapshots has letters or digits")
  }

  @Test("files that include one another many times, and blocks without end, are refused at once")
  func bombs() {
    let many = String(repeating: "include \"2\"\n", count: 100)
    let files = [
      "1": many, "2": many.replacing("2", with: "3"), "3": many.replacing("2", with: "4"),
      "4": "advance 1s\n",
    ]
    #expect(
      complaint("include \"1\"", files: files)?.contains("more than 100000 lines are included")
        == true)
    var deep: [String: String] = [:]
    for number in 0..<19 {
      deep["\(number)"] =
        (0..<50).map { String(repeating: " ", count: $0) + "repeat 1\n" }.joined()
        + String(repeating: " ", count: 50) + "include \"\(number + 1)\"\n"
    }
    #expect(
      complaint("include \"0\"", files: deep)?.contains("blocks lie too deep within one another")
        == true)
  }

  @Test("a file has one name, however it is written")
  func dots() {
    let files = ["f/a.steps": "include \"../f/./a.steps\"\n"]
    #expect(
      complaint("include \"f/a.steps\"", files: files)?.hasSuffix("../f/./a.steps includes itself")
        == true)
  }

  @Test("a file that includes itself is not read for ever")
  func circle() {
    let files = ["a.steps": "include \"b.steps\"\n", "b.steps": "include \"a.steps\"\n"]
    #expect(
      complaint("include \"a.steps\"", files: files) == "b.steps:1:9: a.steps includes itself")
  }

  @Test("an included file's steps are those of the block, and its errors are told by its own name")
  func include() {
    let files = ["f/in.steps": "read\nopne \"x\"\n"]
    #expect(
      complaint("as Alice\n  include \"f/in.steps\"", files: files)
        == "f/in.steps:2:1: there is no verb 'opne'; did you mean 'open'?")
    #expect(
      complaint("as Alice\n  include \"f/in.steps\"", files: ["f/in.steps": "read\n"]) == nil)
  }

  @Test("variables hold from where they are given to the end of their block")
  func variables() {
    #expect(complaint("let a = \"x\"\nas Alice\n  type \"$a ${a}b\"\n  type $a") == nil)
    #expect(
      complaint("repeat 2 with n\n  as Alice\n    type \"$n\"\nas Alice\n  type \"$n\"")?
        .hasPrefix("t.confab:7:10: nothing gave $n a value") == true)
  }

  @Test(
    "comments, empty lines, line ends of Windows and a byte order mark change nothing",
    arguments: [
      "users Alice # the one\n\n# all\nscene \"s\" # now\n  as Alice\n    # here\n    type \"#1\"\n",
      "users Alice\r\nscene \"s\"\r\n  as Alice\r\n    type \"x\"\r\n",
      "\u{FEFF}users Alice\nscene \"s\"\n  as Alice\n    type \"x\"",
    ])
  func blanks(_ text: String) { #expect(complaint(of: text) == nil) }

  @Test("what is no text is an error and nothing worse")
  func bytes() throws {
    #expect(throws: ScriptErrors.self) {
      try ScriptParser.parse([0x80, 0x0A, 0xFF], path: "t.confab")
    }
    #expect(throws: ScriptErrors.self) {
      try ScriptParser.parse(Array(repeating: 0x20, count: 5000) + [0x78], path: "t.confab")
    }
  }
}
