import CProcess
import Glibc
import ScriptKit

/// The built programs, and how they are started.
enum Programs {
  /// The path of a program: beside this one in a build, in `bin` after `make install`.
  static func path(of name: String) throws(StageError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(
      decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
    for path in ["\(folder)/\(name)", "\(folder)/../../bin/\(name)"]
    where access(path, X_OK) == 0 {
      return path
    }
    throw StageError("\(name) is not beside \(own): 'make build' makes it")
  }

  /// This process's environment with variables added, replaced or, for `nil`, left out.
  static func environment(_ changes: [String: String?]) -> [String] {
    var words: [String] = []
    var place = confab_environment()
    while let text = place?.pointee {
      let word = String(cString: text)
      if changes[String(word.prefix { $0 != "=" })] == nil { words.append(word) }
      place = place?.advanced(by: 1)
    }
    return words + changes.compactMap { name, value in value.map { "\(name)=\($0)" } }.sorted()
  }

  /// Lends C a list of texts with a null pointer at its end.
  static func withWords<Result>(
    _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}

/// A server of a scene, as a child that ends with the thread that started it.
final class ServerChild {
  private let name: String
  private let number: pid_t
  private let readyPath: String

  /// Starts a server that writes its facts to a ready file in `folder`; what it says goes to a log beside.
  init(_ name: String, _ arguments: [String], folder: String) throws(StageError) {
    self.name = name
    readyPath = "\(folder)/\(name).json"
    unlink(readyPath)
    let path = try Programs.path(of: name)
    let log = open("\(folder)/\(name).log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      close(log)
      close(nothing)
    }
    var mask = sigset_t()
    sigemptyset(&mask)
    var number: pid_t = 0
    let reason = Programs.withWords([path] + arguments + ["--ready-file", readyPath]) { arguments in
      Programs.withWords(Programs.environment(["HOME": folder, "XDG_DATA_HOME": nil])) {
        confab_start(path, arguments, $0, [nothing, log, log], -1, 1, &mask, &number)
      }
    }
    guard reason == 0 else {
      throw StageError("\(path) cannot be started: \(String(cString: strerror(reason)))")
    }
    self.number = number
  }

  /// Waits for the ready file, and gives its bytes.
  func facts() throws(StageError) -> [UInt8] {
    for _ in 0..<1000 {
      if let bytes = DiskFiles.read(readyPath), !bytes.isEmpty { return bytes }
      var status: Int32 = 0
      guard waitpid(number, &status, WNOHANG) == 0 else {
        throw StageError("\(name) ended before it was ready")
      }
      usleep(10_000)
    }
    throw StageError("\(name) was not ready within 10 s")
  }

  /// Ends it as `kill -9` does.
  func kill() {
    Glibc.kill(number, SIGKILL)
    var status: Int32 = 0
    waitpid(number, &status, 0)
  }
}
