import Executor
import Glibc
public import Services

/// Runs programs as children of this one, each in a process group of its own.
public struct ChildProgramRunner: ProgramRunner {
  /// The most that is taken of either output: 1 MiB.
  public static let maximumOutput = 1 << 20

  private let searchPath: String

  /// A runner that looks for names in this process's `PATH`.
  public init() {
    self.init(searchPath: getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
  }

  /// A runner that looks for names in the folders of `searchPath`, a colon between two.
  init(searchPath: String) {
    self.searchPath = searchPath
  }

  /// Runs `call` on a thread of its own.
  public func run(_ call: ProgramCall) async throws(ProgramError) -> ProgramResult {
    guard let path = path(of: call.program) else {
      throw ProgramError(.notFound, "\(call.program) is not installed.")
    }
    let group = ProcessGroup()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        PosixThread(name: "program") {
          continuation.resume(returning: ChildProgram.run(call, at: path, in: group))
        }.detach()
      }
    } onCancel: {
      group.kill()
    }
    if Task.isCancelled { throw ProgramError(.cancelled, "\(call.program) was called off.") }
    return try result.get()
  }

  private func path(of program: String) -> String? {
    func isProgram(_ path: String) -> Bool {
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && access(path, X_OK) == 0
    }
    if program.contains("/") { return isProgram(program) ? program : nil }
    return searchPath.split(separator: ":").map { "\($0)/\(program)" }.first(where: isProgram)
  }
}
