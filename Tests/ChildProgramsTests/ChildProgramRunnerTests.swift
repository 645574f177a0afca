import ChildPrograms
import Services
import Testing

struct ChildProgramRunnerTests {
  let runner = ChildProgramRunner()

  func shell(_ script: String, timeout: Duration = .seconds(20)) -> ProgramCall {
    ProgramCall("sh", ["-c", script], timeout: timeout)
  }

  @Test("both outputs and the exit code are told")
  func outputs() async throws {
    let result = try await runner.run(shell("echo out; echo err >&2; exit 3"))
    #expect(
      result
        == ProgramResult(exitCode: 3, output: Array("out\n".utf8), errorOutput: Array("err\n".utf8))
    )
  }

  @Test("arguments arrive as they are, and there is nothing to read")
  func arguments() async throws {
    let call = ProgramCall(
      "/bin/sh", ["-c", "cat; printf '%s|' \"$@\"", "sh", "a b", "", "$HOME"],
      timeout: .seconds(20))
    let result = try await runner.run(call)
    #expect(result.output == Array("a b||$HOME|".utf8))
  }

  @Test("more than a pipe holds is read from both")
  func large() async throws {
    let result = try await runner.run(
      shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"))
    #expect(result.output.count == 300_000)
    #expect(result.errorOutput.count == 300_000)
  }

  @Test("a program that a signal ends is told as by a shell")
  func killed() async throws {
    let result = try await runner.run(shell("kill -9 $$"))
    #expect(result.exitCode == 137)
  }

  @Test("a program that is not there is told by name")
  func missing() async {
    await #expect(
      throws: ProgramError(.notFound, "no-such-program is not installed.")
    ) { try await runner.run(ProgramCall("no-such-program", [], timeout: .seconds(20))) }
  }

  @Test("a program that takes too long is killed with what it started")
  func timeout() async {
    await #expect(throws: ProgramError(.timedOut, "sh did not end within 0 s.")) {
      try await runner.run(shell("sleep 600 & sleep 600", timeout: .milliseconds(300)))
    }
  }

  @Test("a program that closes its outputs and goes on is killed as well")
  func silentTimeout() async {
    await #expect(throws: ProgramError(.timedOut, "sh did not end within 0 s.")) {
      try await runner.run(shell("exec >&- 2>&-; exec sleep 600", timeout: .milliseconds(300)))
    }
  }

  @Test("endless output ends the program")
  func endless() async {
    await #expect(throws: ProgramError(.tooMuchOutput, "sh wrote more than is taken.")) {
      try await runner.run(shell("cat /dev/zero"))
    }
  }

  @Test("calling off the task kills the program")
  func cancelled() async {
    await withTaskGroup(of: ProgramError.Code?.self) { group in
      group.addTask {
        do throws(ProgramError) {
          _ = try await runner.run(shell("sleep 600 & sleep 600", timeout: .seconds(600)))
          return nil
        } catch {
          return error.code
        }
      }
      group.cancelAll()
      for await code in group { #expect(code == .cancelled) }
    }
  }
}
