import ACSTypes
import ACSWire
import ArgumentTable
import ChildPrograms
import Services

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension EmulatorCommand {
  /// `confab emulator trust`: the certificate authority that clients are to trust.
  static let trust = EmulatorCommand(
    CommandTable(
      "trust", summary: "print the certificate authority, or let the whole system trust it",
      about: [
        """
        Whoever can read the emulator's folder can then sign certificates that every program of the system believes. For \
        one shell, `env` is enough.
        """
      ],
      options: [
        .flag("install", "Put it into the system's store, as Debian does; for root"),
        .flag("remove", "Take it out of the system's store; for root"),
        .text(
          "folder", "DIR", "Where update-ca-certificates looks for local ones",
          default: "/usr/local/share/ca-certificates"),
      ],
      examples: [
        CommandTable.Example("sudo confab emulator trust --install", "Trust it everywhere")
      ])
  ) { arguments, administration in
    guard !(arguments.flag("install") && arguments.flag("remove")) else {
      throw CommandError(.usage, "--install and --remove exclude each other")
    }
    let store = SystemStore(folder: arguments.text("folder") ?? "")
    if arguments.flag("remove") {
      try store.remove()
      try await store.update()
      return Answer(lines: ["\(store.file) is removed."], json: ["removed": .string(store.file)])
    }
    let facts = try await administration.facts(arguments)
    guard let path = facts["certificate"]?.string else {
      throw CommandError(
        .unavailable, "this emulator keeps its certificate nowhere; start it without --ephemeral.")
    }
    guard let pem = FileManager.default.contents(atPath: path) else {
      throw CommandError(.unavailable, "\(path) cannot be read; is it another user's?")
    }
    guard arguments.flag("install") else {
      let text = String(decoding: pem, as: UTF8.self)
      return Answer(
        lines: [path, text.hasSuffix("\n") ? String(text.dropLast()) : text],
        json: ["certificate": .string(path), "pem": .string(text)])
    }
    try store.install(pem)
    try await store.update()
    return Answer(lines: ["\(store.file) is trusted."], json: ["installed": .string(store.file)])
  }
}

/// The certificates that the system's programs trust, as Debian keeps them.
private struct SystemStore {
  let folder: String
  var file: String { "\(folder)/confab-emulator.crt" }

  func install(_ pem: Data) throws(CommandError) {
    do {
      try pem.write(to: URL(filePath: file), options: .atomic)
      // Every program has to be able to read it.
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    } catch {
      throw refused("written")
    }
  }

  func remove() throws(CommandError) {
    guard FileManager.default.fileExists(atPath: file) else {
      throw CommandError(.badData, "\(file) is not there; nothing is to be removed.")
    }
    do {
      try FileManager.default.removeItem(atPath: file)
    } catch {
      throw refused("removed")
    }
  }

  /// Tells the system.
  func update() async throws(CommandError) {
    let call = ProgramCall("update-ca-certificates", ["--fresh"], timeout: .seconds(60))
    let result: ProgramResult
    do throws(ProgramError) {
      result = try await ChildProgramRunner().run(call)
    } catch {
      throw CommandError(
        .unavailable,
        "update-ca-certificates, of the package ca-certificates, did not run: \(error.message)")
    }
    guard result.exitCode == 0 else {
      let words = String(decoding: result.errorOutput.prefix(500), as: UTF8.self)
      throw CommandError(
        .notPermitted,
        "update-ca-certificates ended with \(result.exitCode): \(words)")
    }
  }

  private func refused(_ verb: String) -> CommandError {
    CommandError(
      .notPermitted,
      "\(file) cannot be \(verb): that is for root. Run it with sudo, or use `confab emulator env`."
    )
  }
}
