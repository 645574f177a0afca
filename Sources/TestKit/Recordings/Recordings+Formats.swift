import ACSTypes
import ACSWire

extension Recordings {
  /// The test proxy's JSON: `Entries[]` whose bodies are JSON values, texts or null.
  static func testProxyExchanges(file: String, _ bytes: [UInt8]) throws -> [RecordedExchange] {
    guard let entries = try JSONValue.parse(bytes)["Entries"]?.array else {
      throw Unreadable(description: "\(file): no Entries")
    }
    return try entries.map { entry in
      guard let method = entry["RequestMethod"]?.string, let uri = entry["RequestUri"]?.string,
        let status = entry["StatusCode"]?.integer, let body = entry["ResponseBody"]
      else { throw Unreadable(description: "\(file): an entry lacks a part") }
      return RecordedExchange(
        file: file, method: method, address: uri, requestHeaders: fields(entry["RequestHeaders"]),
        requestBody: bodyBytes(entry["RequestBody"] ?? .null), status: Int(status),
        headers: fields(entry["ResponseHeaders"]), body: bodyBytes(body))
    }
  }

  /// Header fields in an object.
  private static func fields(_ object: JSONValue?) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for field in object?.object?.members ?? [] { headers[field.name] = field.value.string }
    return headers
  }

  /// A body, which is a JSON value or, where it is something else, a text.
  private static func bodyBytes(_ body: JSONValue) -> [UInt8] {
    switch body {
    case .null: []
    case .string(let text): Array(text.utf8)
    default: body.bytes
    }
  }

  /// Android's JSON: `networkCallRecords[]` whose bodies are texts.
  static func networkCallExchanges(file: String, _ bytes: [UInt8]) throws -> [RecordedExchange] {
    guard let records = try JSONValue.parse(bytes)["networkCallRecords"]?.array else {
      throw Unreadable(description: "\(file): no networkCallRecords")
    }
    return try records.map { record in
      guard let method = record["Method"]?.string, let uri = record["Uri"]?.string,
        let response = record["Response"],
        let status = response["StatusCode"]?.string.flatMap(Int.init)
      else { throw Unreadable(description: "\(file): a record lacks a part") }
      let body = Array((response["Body"]?.string ?? "").utf8)
      return RecordedExchange(
        file: file, method: method, address: uri, status: status, headers: fields(response),
        body: body)
    }
  }

  /// iOS's JSON: `interactions[]`, whose answers' bodies are empty.
  static func interactionExchanges(file: String, _ bytes: [UInt8]) throws -> [RecordedExchange] {
    guard let interactions = try JSONValue.parse(bytes)["interactions"]?.array else {
      throw Unreadable(description: "\(file): no interactions")
    }
    return try interactions.map { interaction in
      guard let request = interaction["request"], let response = interaction["response"],
        let method = request["method"]?.string, let url = request["url"]?.string,
        let status = response["status"]?.integer, response["body"] == "" || response["body"] == nil
      else { throw Unreadable(description: "\(file): an interaction lacks a part") }
      return RecordedExchange(
        file: file, method: method, address: url, requestBody: bodyBytes(request["body"] ?? .null),
        status: Int(status), body: [])
    }
  }

  /// Sources for nock: `.post('/path', …)` and, some lines later, `.reply(200, <JSON>, [`, each on one line.
  static func nockExchanges(file: String, _ bytes: [UInt8]) throws -> [RecordedExchange] {
    var result: [RecordedExchange] = []
    var request: (method: String, target: String, body: [UInt8])?
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let line = line.drop { $0 == " " }
      for method in ["get", "post", "patch", "put", "delete"]
      where line.hasPrefix(".\(method)('") {
        let parts = line.split(separator: "'", maxSplits: 2)
        let body = parts.last.flatMap { $0.hasPrefix(", ") ? $0.dropFirst(2).dropLast() : nil }
        request = (
          method, String(parts[1]), try body.map { bodyBytes(try JSONValue.parse($0)) } ?? []
        )
      }
      guard line.hasPrefix(".reply(") else { continue }
      let arguments = line.dropFirst(".reply(".count)
      guard let request, let comma = arguments.firstRange(of: ", "), arguments.hasSuffix(", ["),
        let status = Int(arguments[..<comma.lowerBound])
      else { throw Unreadable(description: "\(file): \(line.prefix(40))") }
      let json = try JSONValue.parse(arguments[comma.upperBound...].dropLast(3))
      result.append(
        RecordedExchange(
          file: file, method: request.method, address: request.target, requestBody: request.body,
          status: status, body: json == "" ? [] : json.bytes))
    }
    return result
  }

  /// vcr's YAML, of which only the parts that it writes for these files are read.
  static func vcrExchanges(file: String, _ bytes: [UInt8]) throws -> [RecordedExchange] {
    var result: [RecordedExchange] = []
    var method: String?
    var uri: String?
    var requestBody = ""
    var body: String?
    for line in unfolded(String(decoding: bytes, as: UTF8.self)) {
      if line.hasPrefix("    method: ") {
        method = String(line.dropFirst(12))
      } else if line.hasPrefix("    uri: ") {
        uri = String(line.dropFirst(9))
      } else if line == "- request:" {
        body = nil
        requestBody = ""
      } else if body == nil, line.hasPrefix("    body: '") {
        requestBody = try unquoted(line.dropFirst(10), in: file)
      } else if line == "  response:" {
        body = ""
      } else if body != nil, line.hasPrefix("    body: '") {
        body = try unquoted(line.dropFirst(10), in: file)
      } else if body != nil, line.hasPrefix("      string: ") {
        body = try unquoted(line.dropFirst(14), in: file)
      } else if line.hasPrefix("      code: ") {
        guard let method, let uri, let body, let status = Int(line.dropFirst(12)) else {
          throw Unreadable(description: "\(file): a response lacks a part")
        }
        result.append(
          RecordedExchange(
            file: file, method: method, address: uri, requestBody: Array(requestBody.utf8),
            status: status, body: Array(body.utf8)))
      }
    }
    return result
  }

  /// The lines, each single-quoted scalar on one: YAML folds long ones, a line end standing for a blank.
  private static func unfolded(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    var isOpen = false
    for line in text.split(separator: "\n") {
      if isOpen {
        lines[lines.count - 1] += " \(line.drop { $0 == " " })"
      } else {
        lines.append(line)
      }
      let isScalar = isOpen || line.contains(": '")
      // Quotes inside are doubled, so an odd number leaves the scalar open.
      isOpen = isScalar && !lines[lines.count - 1].count { $0 == "'" }.isMultiple(of: 2)
    }
    return lines
  }

  /// The text of a single-quoted scalar on one line.
  private static func unquoted(_ scalar: Substring, in file: String) throws -> String {
    guard scalar.count >= 2, scalar.first == "'", scalar.last == "'" else {
      throw Unreadable(
        description: "\(file): a body in a form that is not read: \(scalar.prefix(20))")
    }
    return scalar.dropFirst().dropLast().split(separator: "''", omittingEmptySubsequences: false)
      .joined(separator: "'")
  }
}
