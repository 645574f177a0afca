import ACSTypes
import Glibc
import HTTPServing

/// An authority and two certificates of its, made with the `openssl` command in a folder of its own.
final class Certificates: Sendable {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// The folder; removed with the object.
  let folder: String
  /// The authority's file.
  var authority: String { folder + "/ca.pem" }

  init() throws {
    var template = Array("/tmp/confab-certificates-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Missing(description: "no temporary folder") }
    let path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    folder = path
    try openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        + " -subj /CN=Test-Authority -keyout \(path)/ca.key -out \(path)/ca.pem"
        + " -addext basicConstraints=critical,CA:TRUE")
    try issue("good", names: "IP:127.0.0.1,DNS:localhost")
    try issue("other", names: "DNS:other.example")
  }

  deinit {
    for name in ["ca.key", "ca.pem", "good.key", "good.csr", "good.pem", "other.key", "other.csr"] {
      unlink(folder + "/" + name)
    }
    unlink(folder + "/other.pem")
    unlink(folder + "/ca.srl")
    rmdir(folder)
  }

  /// What a server shows: `good` for this machine, `other` for another name.
  func identity(_ name: String) throws -> TLSIdentity {
    try TLSIdentity(
      certificateChainPEM: text(of: "\(folder)/\(name).pem"),
      privateKeyPEM: Secret(text(of: "\(folder)/\(name).key")))
  }

  private func issue(_ name: String, names: String) throws {
    let base = "\(folder)/\(name)"
    try openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name)"
        + " -addext subjectAltName=\(names) -keyout \(base).key -out \(base).csr")
    try openssl(
      "x509 -req -in \(base).csr -CA \(folder)/ca.pem -CAkey \(folder)/ca.key -CAcreateserial"
        + " -days 2 -copy_extensions copyall -out \(base).pem")
  }

  private func openssl(_ arguments: String) throws {
    let words = ["openssl"] + arguments.split(separator: " ").map(String.init)
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    var status: Int32 = -1
    guard posix_spawnp(&process, "openssl", &actions, nil, pointers, environ) == 0,
      waitpid(process, &status, 0) == process, status == 0
    else { throw Missing(description: "the openssl command failed: openssl \(arguments)") }
  }

  private func text(of path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Missing(description: "\(path) is not there") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
