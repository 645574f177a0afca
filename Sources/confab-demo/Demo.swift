import ACSClient
import ACSTypes
import Executor
import Glibc
import HTTPTransport

/// One demo: starts the servers, furnishes them, lets Bob live, and shows the client.
struct Demo {
  /// What the client is told besides its config file.
  let clientArguments: [String]

  /// Runs until the client has ended.
  ///
  /// - Returns: The client's exit code.
  func run() throws(DemoError) -> Int32 {
    holdStandardFiles()
    let watch = Watch()
    let executor = PosixExecutor(threads: 1, name: "tasks")
    var servers = Servers(watch: watch)
    var threads: [PosixThread] = []
    defer {
      servers.stop()
      // What they may be waiting for has ended with the servers.
      threads.forEach { $0.join() }
      executor.stop()
    }

    let addresses = try servers.start()
    let exchange = CurlExchange(userAgent: "confab-demo/\(Program.version)")
    let arrival = Work(on: executor, watch: watch) {
      let people = try await People(addresses: addresses, exchange: exchange)
      for story in ThreadStory.earlier { try await people.tell(story) }
      return people
    }
    threads.append(arrival.thread)
    let people = try arrival.wait(watch)
    try pause(watch)
    let opening = Work(on: executor, watch: watch) {
      try await people.tell(ThreadStory.release)
      var chat = BobChat(
        people.bob.chat, name: people.bob.name, alice: people.alice.identifier)
      try await chat.look(now: SystemClock().now)
      let gateway = try GatewayClient(
        url: addresses.gateway, connector: CurlSocketConnector(over: exchange),
        credential: people.bob.credential)
      return (Bob(gateway: gateway, executor: executor), chat)
    }
    threads.append(opening.thread)
    let (bob, chat) = try opening.wait(watch)
    threads += bob.live(chat)
    defer { bob.leave() }

    let client = try ClientProcess(
      configuration: addresses.configuration(of: people.alice.name), arguments: clientArguments,
      watch: watch)
    let code = client.run()
    servers.complaints.forEach { Program.say("confab demo: \($0)") }
    return code
  }

  /// Waits for the next second: lists of threads tell times in seconds, and the last thread is to stand first.
  private func pause(_ watch: Watch) throws(DemoError) {
    let rest = Duration.milliseconds(1000 - SystemClock().now.milliseconds % 1000)
    if let signal = watch.wait(upTo: rest, { $0 }) { throw DemoError(interruptedBy: signal) }
  }

  /// Opens what of standard input, output and error is closed, so that no file of ours takes its number.
  private func holdStandardFiles() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}
