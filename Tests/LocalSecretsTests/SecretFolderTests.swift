import ACSTypes
import Glibc
import LocalSecrets
import Testing

@Suite("Secrets on the disk")
struct SecretFolderTests {
  /// A folder of this test's own, gone with it.
  final class Scratch {
    let path: String

    init() throws {
      var template = Array("/tmp/confab-secrets-XXXXXX".utf8CString)
      let made = mkdtemp(&template)
      path = String(cString: try #require(made))
    }

    deinit {
      var names: [String] = []
      func visit(_ folder: String) {
        guard let handle = opendir(folder) else { return }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
          let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          }
          guard name != ".", name != ".." else { continue }
          visit("\(folder)/\(name)")
          names.append("\(folder)/\(name)")
        }
      }
      visit(path)
      for name in names { Glibc.remove(name) }
      rmdir(path)
    }

    func mode(_ name: String) -> mode_t {
      var status = stat()
      return stat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    func write(_ text: String, to name: String, mode: mode_t = 0o600) {
      let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, mode)
      fchmod(file, mode)
      let bytes = Array(text.utf8)
      _ = Glibc.write(file, bytes, bytes.count)
      close(file)
    }
  }

  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("what is kept comes back, in a 0600 file in 0700 folders, whatever the umask is")
  func kept() throws {
    let folder = SecretFolder("\(scratch.path)/state/confab/login")
    #expect(try folder.read("a") == nil)
    try folder.write(Secret("first"), as: "a")
    try folder.write(Secret("second"), as: "a")
    #expect(try folder.read("a")?.reveal() == "second")
    #expect(scratch.mode("state/confab/login/a") == 0o600)
    for name in ["state", "state/confab", "state/confab/login"] {
      #expect(scratch.mode(name) == 0o700)
    }
    #expect(folder.place(of: "a") == "\(scratch.path)/state/confab/login/a")
  }

  @Test("a folder that others could enter is closed to them")
  func openFolder() throws {
    mkdir("\(scratch.path)/login", 0o755)
    try SecretFolder("\(scratch.path)/login").write(Secret("s"), as: "a")
    #expect(scratch.mode("login") == 0o700)
  }

  @Test("what is removed is gone, once")
  func removed() throws {
    let folder = SecretFolder(scratch.path)
    try folder.write(Secret("s"), as: "a")
    #expect(try folder.remove("a"))
    #expect(try !folder.remove("a"))
    #expect(try folder.read("a") == nil)
  }

  @Test("a failed write leaves the old secret and nothing beside it", .enabled(if: getuid() != 0))
  func failedWrite() throws {
    let folder = SecretFolder("\(scratch.path)/login")
    try folder.write(Secret("old"), as: "a")
    #expect(throws: ServiceError.self) {
      try SecretFolder("\(scratch.path)/login/a").write(Secret("new"), as: "b")
    }
    #expect(try folder.read("a")?.reveal() == "old")
  }

  @Test("a file in the way of the folder is an error, not a trap")
  func blocked() throws {
    scratch.write("x", to: "file")
    let error = #expect(throws: ServiceError.self) {
      try SecretFolder("\(scratch.path)/file/login").write(Secret("s"), as: "a")
    }
    #expect(error?.code == .badSettings)
    #expect(error?.message.contains("cannot be written") == true)
  }

  @Test("a secret file is read without the blanks around it")
  func file() throws {
    scratch.write("\n  key \n", to: "key")
    #expect(try ProcessSecrets().file("\(scratch.path)/key").reveal() == "key")
  }

  @Test(
    "a file that is no safe place of a secret is refused with the remedy",
    arguments: [
      ("s", 0o644 as mode_t, "holds a secret and can be read by others; type: chmod 600 PATH."),
      ("s", 0o640, "holds a secret and can be read by others; type: chmod 600 PATH."),
      (" \n", 0o600, "is empty; it should hold a secret."),
      (String(repeating: "s", count: 70_000), 0o600, "is too long for a secret, or no text."),
    ])
  func unsafe(text: String, mode: mode_t, words: String) throws {
    scratch.write(text, to: "key", mode: mode)
    let path = "\(scratch.path)/key"
    let error = #expect(throws: ServiceError.self) { try ProcessSecrets().file(path) }
    #expect(error?.message == "The file \(path) \(words.replacing("PATH", with: path))")
  }

  @Test("a missing file, a folder and a pipe are told, and nothing waits")
  func otherThings() throws {
    let path = "\(scratch.path)/pipe"
    mkfifo(path, 0o600)
    for (place, words) in [
      (path, "is no ordinary file"), (scratch.path, "is no ordinary file"),
      ("\(scratch.path)/none", "is not there; it should hold a secret"),
    ] {
      let error = #expect(throws: ServiceError.self) { try ProcessSecrets().file(place) }
      #expect(error?.message == "The file \(place) \(words).")
    }
  }

  @Test("an empty variable counts as none")
  func environment() {
    setenv("CONFAB_TEST_EMPTY", "", 1)
    setenv("CONFAB_TEST_SET", "s", 1)
    #expect(ProcessSecrets().environment("CONFAB_TEST_EMPTY") == nil)
    #expect(ProcessSecrets().environment("CONFAB_TEST_SET")?.reveal() == "s")
  }
}
