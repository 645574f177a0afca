/// A JSON5 file with the place of everything in it; each reading says what it expected and where.
///
/// A path names a value by the keys that lead to it: `oidc.issuer`.
public struct ConfigurationDocument: Sendable {
  /// The file as it was named.
  public let file: String
  private let places: JSON5Reader

  /// Reads a text.
  ///
  /// - Throws: ``ConfigurationError`` when it is no JSON5, or no object.
  public init(text: String, file: String) throws(ConfigurationError) {
    self.file = file
    do {
      places = try JSON5Reader(text)
    } catch {
      throw ConfigurationError(file: file, position: error.position, message: error.message)
    }
    guard case .object = places.value else {
      throw ConfigurationError(
        file: file, position: places.position(ofValue: ""),
        message: "expected an object, found \(places.value.kind)")
    }
  }

  /// All of it.
  var root: ConfigurationValue { places.value }

  /// The value at a path of keys; `nil` when it is absent or null.
  func value(_ path: String) -> ConfigurationValue? {
    var current = places.value
    for key in path.split(separator: ".") {
      guard let next = current.member(String(key)) else { return nil }
      current = next
    }
    if case .null = current { return nil }
    return current
  }

  /// An error at the value of `path`.
  public func error(_ path: String, _ message: String) -> ConfigurationError {
    // What is missing is told at the nearest thing around it that is there.
    var path = path
    while places.position(ofValue: path) == nil, let dot = path.lastIndex(of: ".") {
      path = String(path[..<dot])
    }
    return ConfigurationError(
      file: file, position: places.position(ofValue: path) ?? places.position(ofValue: ""),
      message: message)
  }

  /// An error at the key of `path`.
  public func keyError(_ path: String, _ message: String) -> ConfigurationError {
    ConfigurationError(file: file, position: places.position(ofKey: path), message: message)
  }

  func wrong(_ path: String, _ expected: String, _ found: ConfigurationValue)
    -> ConfigurationError
  {
    error(path, "\(path) must be \(expected), not \(found.kind)")
  }

  /// A text; `nil` when it is absent or null.
  public func text(_ path: String) throws(ConfigurationError) -> String? {
    guard let value = value(path) else { return nil }
    guard case .string(let text) = value else { throw wrong(path, "a text", value) }
    return text
  }

  /// True or false; `nil` when it is absent or null.
  public func bool(_ path: String) throws(ConfigurationError) -> Bool? {
    guard let value = value(path) else { return nil }
    guard case .bool(let flag) = value else { throw wrong(path, "true or false", value) }
    return flag
  }

  /// A number of seconds in `range`; `nil` when it is absent or null.
  public func seconds(_ path: String, in range: ClosedRange<Double>) throws(ConfigurationError)
    -> Duration?
  {
    guard let value = value(path) else { return nil }
    let expected =
      "a number of seconds from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
    guard case .number(let number) = value else { throw wrong(path, expected, value) }
    guard range.contains(number) else {
      throw error(path, "\(path) must be \(expected), not \(Self.short(number))")
    }
    return .milliseconds(Int64(number * 1000))
  }

  /// A list of texts; `nil` when it is absent or null.
  public func texts(_ path: String) throws(ConfigurationError) -> [String]? {
    guard let value = value(path) else { return nil }
    guard case .array(let elements) = value else { throw wrong(path, "a list of texts", value) }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let text) = element else {
        throw wrong("\(path)[\(index)]", "a text", element)
      }
      texts.append(text)
    }
    return texts
  }

  /// A number in `range`; `nil` when it is absent or null.
  public func number(
    _ path: String, in range: ClosedRange<Double>
  ) throws(ConfigurationError) -> Double? {
    guard let value = value(path) else { return nil }
    let expected =
      "a number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
    guard case .number(let number) = value else { throw wrong(path, expected, value) }
    guard range.contains(number) else {
      throw error(path, "\(path) must be \(expected), not \(Self.short(number))")
    }
    return number
  }

  /// True when there is anything at `path`.
  public func has(_ path: String) -> Bool { value(path) != nil }

  func members(_ path: String) throws(ConfigurationError) -> [ConfigurationValue.Member] {
    guard let value = value(path) else { return [] }
    guard case .object(let members) = value else { throw wrong(path, "an object", value) }
    return members
  }

  /// Refuses keys that are not `known`, with the nearest one that is.
  public func expectKeys(_ path: String, _ known: [String]) throws(ConfigurationError) {
    let members = try members(path)
    for name in members.map(\.name) where !known.contains(name) {
      let nearest = known.min { distance($0, name) < distance($1, name) }
      let hint =
        nearest.flatMap { distance($0, name) <= 3 ? "; did you mean \"\($0)\"?" : nil }
        ?? "; known are \(known.joined(separator: ", "))"
      throw keyError(path.isEmpty ? name : "\(path).\(name)", "there is no \"\(name)\" here\(hint)")
    }
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }
}

/// How many letters must be changed to turn one word into the other.
func distance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var row = Array(0...right.count)
  for (index, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in right.indices {
      let changed = diagonal + (letter == right[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(changed, row[column] + 1, row[column + 1] + 1)
    }
  }
  return row[right.count]
}
