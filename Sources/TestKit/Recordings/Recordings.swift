public import ACSWire

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The recordings of the real service, which lie beside the package in `../shared/acs/recordings`.
public enum Recordings {
  /// A recording that the readers cannot take apart.
  public struct Unreadable: Error, CustomStringConvertible {
    /// Which file, and why.
    public var description: String

    /// With the file and the reason.
    public init(description: String) {
      self.description = description
    }
  }

  private static let folder: String = {
    // Sources/TestKit/Recordings/Recordings.swift is four steps below the package.
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    parts.append("shared/acs/recordings")
    return parts.joined(separator: "/")
  }()

  /// False where the folder is absent; tests that need it are skipped then.
  public static var areThere: Bool {
    FileManager.default.fileExists(atPath: folder)
  }

  /// All exchanges of one set (`js-2023`) and service (`chat`), in the order of the files' names.
  ///
  /// - Throws: ``Unreadable``, or the error of reading a file.
  public static func exchanges(set: String, service: String) throws -> [RecordedExchange] {
    try files(set: set, service: service).flatMap { file -> [RecordedExchange] in
      let bytes = try contents(of: file)
      switch set {
      case "js-2023": return try testProxyExchanges(file: file, bytes)
      case "js-2021": return try nockExchanges(file: file, bytes)
      case "python-2021": return try vcrExchanges(file: file, bytes)
      case "ios": return try interactionExchanges(file: file, bytes)
      case "android": return try networkCallExchanges(file: file, bytes)
      default: throw Unreadable(description: "\(file): no reader for \(set)")
      }
    }
  }

  /// The entries of the recorded callback streams: data of IncomingCall and lists of CloudEvents, as JSON.
  ///
  /// - Throws: The error of reading a file.
  public static func callbackStreams() throws -> [(file: String, entries: [JSONValue])] {
    try files(set: "js-2025", service: "call-automation").map { file in
      (file, try JSONValue.parse(try contents(of: file)).array ?? [])
    }
  }

  private static func files(set: String, service: String) throws -> [String] {
    let path = "\(set)/\(service)"
    return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").sorted()
      .map { "\(path)/\($0)" }
  }

  private static func contents(of file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
  }
}
