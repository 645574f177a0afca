import ACSTypes
import Cells
import ClientModel
import KeyInput
import Phrases
import Testing
import Views

@Suite("What the screen shows")
struct ScreenTests {
  @Test("signing in: where the token is asked for")
  func signingIn() throws {
    let world = World(columns: 80, rows: 16)
    world.step(.started)
    try expectScreen(world.state, named: "signing-in")
  }

  @Test("the token service is down: what failed and when it is tried again")
  func tokenServiceDown() throws {
    let world = World(columns: 80, rows: 16)
    world.step(.started)
    world.settle(
      .failed(
        ServiceError(
          .unreachable,
          "The token service at http://127.0.0.1:7760 does not answer: connection refused.")))
    try expectScreen(world.state, named: "token-service-down")
  }

  private static let prompt = SignInPrompt(
    userCode: "WDJB-MJHT", verificationURL: "https://microsoft.com/devicelogin",
    expiresOn: World.start + .seconds(899))

  @Test("a code to sign in with, large enough to be read from afar")
  func signInCode() throws {
    let world = World(columns: 90, rows: 26)
    world.step(.started)
    world.step(.signInPrompted(Self.prompt))
    try expectScreen(world.state, named: "sign-in-code")
  }

  @Test("a code to sign in with on a small screen, and beside an open conversation")
  func signInCodeSmall() throws {
    let small = World(columns: 44, rows: 14)
    small.step(.started)
    small.step(.signInPrompted(Self.prompt))
    try expectScreen(small.state, named: "sign-in-code-small")
    let writing = World(columns: 100, rows: 14)
    writing.signIn()
    writing.step(.signInPrompted(Self.prompt))
    writing.type("half a sentence")
    try expectScreen(writing.state, named: "sign-in-code-writing")
  }

  @Test("nobody is let in: why, when it is tried again, and by which key at once")
  func authFailed() throws {
    let world = World(columns: 90, rows: 16)
    world.step(.started)
    world.settle(
      .failed(
        ServiceError(
          .authFailed,
          "The service refused 3 fresh tokens in a row. Check that the token service and the endpoint belong to the "
            + "same resource.")))
    try expectScreen(world.state, named: "auth-failed")
  }

  @Test("only the person can go on: what to press, and no countdown")
  func signInNeeded() throws {
    let world = World(columns: 90, rows: 16)
    world.step(.started)
    world.settle(
      .failed(
        ServiceError(
          .signInNeeded,
          "The code expired before anybody signed in with it. Ask for a new one.")))
    try expectScreen(world.state, named: "sign-in-needed")
  }

  @Test("a certificate is refused: the whole of what to do about it")
  func certificateRefused() throws {
    let world = World(columns: 80, rows: 14)
    world.step(.started)
    world.settle(.session(World.session))
    for entry in world.state.ledger.entries {
      guard case .listThreads = entry.action else { continue }
      world.step(
        .finished(
          entry.id,
          .failed(
            ServiceError(
              .certificateRefused,
              "https://127.0.0.1:7751 showed a certificate that is not trusted. If the server is yours, "
                + "name its authority's file in the configuration as certificateAuthority."))))
    }
    try expectScreen(world.state, named: "certificate-refused")
  }

  @Test("no threads yet: what to press")
  func noThreads() throws {
    let world = World(columns: 80, rows: 16)
    world.signIn(threads: [], messages: [])
    try expectScreen(world.state, named: "no-threads")
  }

  @Test("a conversation of many scripts")
  func conversation() throws {
    let world = World(columns: 100, rows: 28)
    world.signIn()
    try expectScreen(world.state, named: "conversation")
  }

  @Test("the picture in the README")
  func readme() throws {
    let world = World(columns: 92, rows: 17)
    world.signIn(messages: World.readmeMessages)
    world.type("On my way")
    try expectScreen(world.state, named: "readme")
  }

  @Test("a long text in the composer")
  func composer() throws {
    let world = World(columns: 80, rows: 20)
    world.signIn()
    world.step(
      .pasted(
        "A first line\nand a second one that is so long that it has to be wrapped by the composer: 漢字 👩‍👩‍👧 end"
      ))
    try expectScreen(world.state, named: "composer")
  }

  @Test("a narrow terminal shows the messages alone")
  func narrow() throws {
    let world = World(columns: 40, rows: 12)
    world.signIn()
    try expectScreen(world.state, named: "narrow")
  }

  @Test("the smallest terminal that is promised")
  func smallest() throws {
    let world = World(columns: 20, rows: 6)
    world.signIn()
    world.type("hello")
    try expectScreen(world.state, named: "smallest")
  }

  @Test("the token flow, step by step")
  func tokenFlow() throws {
    let world = World(columns: 100, rows: 30)
    world.signIn()
    for step in World.steps { world.step(.tokenFlowed(step)) }
    world.press("C-t")
    try expectScreen(world.state, named: "token-flow")
  }

  @Test(
    "a pane with lines that are too long for the screen goes on below",
    arguments: [
      ("C-t", "token-flow", 40, 24), ("C-t", "token-flow", 20, 24), ("F1", "help", 40, 12),
      ("F1", "help", 20, 12),
    ])
  func narrowPanes(chord: String, name: String, columns: Int, rows: Int) throws {
    let world = World(columns: columns, rows: rows)
    world.signIn()
    for step in World.steps { world.step(.tokenFlowed(step)) }
    world.press(chord)
    try expectScreen(world.state, named: "\(name)-\(columns)x\(rows)")
  }

  @Test("the keys")
  func help() throws {
    let world = World(columns: 80, rows: 30)
    world.signIn()
    world.press("F1")
    try expectScreen(world.state, named: "help")
  }

  @Test("who I am")
  func identity() throws {
    let world = World(columns: 80, rows: 20)
    world.signIn()
    world.press("F2")
    try expectScreen(world.state, named: "identity")
  }

  @Test("the dialog that makes a thread")
  func newThread() throws {
    let world = World(columns: 80, rows: 24)
    world.signIn()
    world.press("C-n")
    world.type("Weekend")
    world.press("Enter")
    world.settle(
      .people([
        Person(identifier: World.bob, displayName: "Bob"),
        Person(identifier: World.carol, displayName: "Carol"),
      ]))
    world.press("Down", "Enter")
    world.settle(.people([Person(identifier: World.carol, displayName: "Carol")]))
    try expectScreen(world.state, named: "new-thread")
  }

  @Test("somebody calls")
  func ringing() throws {
    let world = World(columns: 80, rows: 16)
    world.signIn()
    world.step(.signalled(.incoming(callID: CallID("1"), from: World.bob, displayName: "Bob")))
    try expectScreen(world.state, named: "ringing")
  }

  @Test("the call list with the reason of each end")
  func calls() throws {
    let world = World(columns: 80, rows: 16)
    world.signIn()
    let id = CallID("1")
    world.step(.signalled(.incoming(callID: id, from: World.bob, displayName: "Bob")))
    world.press("M-a")
    world.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    world.wait(.seconds(75))
    world.step(
      .signalled(
        .state(
          callID: id, state: .disconnected, reason: CallEndReason(code: 200, subCode: 7000))))
    world.step(
      .signalled(.incoming(callID: CallID("2"), from: World.bob, displayName: "Bob")))
    world.press("M-h", "F3")
    try expectScreen(world.state, named: "calls")
  }

  @Test("the question before a message is deleted")
  func deleteQuestion() throws {
    let world = World(columns: 80, rows: 20)
    world.signIn()
    world.press("Tab", "Up", "d")
    try expectScreen(world.state, named: "delete-question")
  }

  @Test("hostile names, topics and messages show as pictures")
  func hostile() throws {
    let world = World(columns: 80, rows: 14)
    let evil = "\u{1B}[2J\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}drow"
    world.signIn(
      threads: [
        ChatThread(id: World.release, topic: evil, lastMessageReceivedOn: World.start)
      ],
      messages: [
        World.message(0, "before \(evil) after", from: World.bob, name: evil),
        World.message(1000, "tab\tcarriage\rreturn\nnew line", from: World.bob, name: "Bob"),
      ], participants: [ChatParticipant(identifier: World.bob, displayName: evil)])
    let frame = render(world.state, theme: Theme(), phrases: .english).frame
    for row in frame.grid.rows {
      for cell in row {
        for scalar in cell.character.unicodeScalars {
          #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
          #expect(!(0x202A...0x202E).contains(scalar.value))
        }
      }
    }
    try expectScreen(world.state, named: "hostile")
  }

  @Test(
    "every screen is drawn at every size",
    arguments: [(0, 0), (1, 1), (5, 2), (20, 5), (20, 6), (59, 9), (60, 10), (300, 100)])
  func sizes(columns: Int, rows: Int) {
    for chords in [
      [], ["F1"], ["C-t"], ["F2"], ["F3"], ["C-n"], ["Tab"], ["S-Tab"], ["Tab", "Up", "d"], ["M-n"],
      ["M-w"], ["F4", "x"], ["M-e"], ["M-x"], ["M-w", "Down", "Delete"],
    ] {
      let world = World(columns: 80, rows: 24)
      world.signIn()
      for step in World.steps { world.step(.tokenFlowed(step)) }
      if chords == ["M-n"] { world.step(.signInPrompted(Self.prompt)) }
      for chord in chords { world.press(chord) }
      world.step(.resized(Viewport(columns: columns, rows: rows)))
      world.press("PgUp", "PgDn")
      let frame = render(world.state, theme: Theme(), phrases: .english).frame
      #expect(frame.grid.size == Size(columns: columns, rows: rows))
      if let cursor = frame.cursor {
        #expect(cursor.column < columns && cursor.row < rows)
      }
    }
  }

  @Test("typing reuses what was drawn and shows the same as drawing anew", arguments: 1...12)
  func reuse(seed: Int) {
    let world = World(columns: 70, rows: 16)
    world.signIn()
    var previous: RenderedFrame?
    let chords = [
      "a", "漢", "Left", "Backspace", "C-w", "M-Enter", "x", "Home", "End", "Tab", "Esc", "Enter",
      "F1", "PgUp",
    ]
    var number = UInt64(seed)
    for _ in 0..<120 {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      world.press(chords[Int((number >> 33) % UInt64(chords.count))])
      let reused = render(world.state, theme: Theme(), phrases: .english, reusing: previous)
      let anew = render(world.state, theme: Theme(), phrases: .english)
      #expect(reused.frame == anew.frame)
      previous = reused
    }
  }
}
