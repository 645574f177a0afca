import ACSTypes
import ACSWire
import ServiceAuth

/// Which requests and events a fault is for; what is `nil` does not matter.
struct FaultScope: Hashable {
  /// A part of the service, as a person names it.
  enum Part: String, CaseIterable {
    case identity, chat, calls, sms, rooms, realtime, entra

    /// The part that a path belongs to.
    init?(path: Substring) {
      switch Plane(path: path) {
      case .identity: self = .identity
      case .chat: self = .chat
      case .calls: self = .calls
      case .sms: self = .sms
      case .rooms: self = .rooms
      case .realTime: self = .realtime
      case .other where path.hasPrefix("/entra/"): self = .entra
      case .other: return nil
      }
    }
  }

  var part: Part?
  var method: String?
  /// A path without its query: `*` stands for anything within a segment, `**` for anything.
  var path: String?
  /// Whose request it is, or whom an event is for.
  var user: String?
  /// An event's number.
  var event: Int?

  /// Whether it is for a request.
  func covers(_ request: HTTPRequest) -> Bool {
    if let part, Part(path: request.path) != part { return false }
    if let method {
      guard method == request.method else { return false }
    } else if request.method == "OPTIONS" {
      // A browser asks first, and tells its script nothing of what goes wrong then.
      return false
    }
    if let path, !FaultScope.matches(path[...], request.path) { return false }
    guard let user else { return true }
    return FaultScope.user(of: request) == user
  }

  /// Whether it is for an event to somebody; without a number or somebody, for any that it could be.
  func covers(event number: Int?, to identity: String?) -> Bool {
    if let event, let number, event != number { return false }
    if let user, let identity, user != identity { return false }
    return true
  }

  /// Whether it is for somebody.
  func covers(user identity: String) -> Bool { user.map { $0 == identity } ?? true }

  /// Whose token a request has; whether it is a good one is judged elsewhere.
  private static func user(of request: HTTPRequest) -> String? {
    let token =
      request.headers["X-Skypetoken"]
      ?? request.headers["Authorization"]?.split(separator: " ").last.map(String.init)
    guard let token, let claims = JWT.unverifiedClaims(Secret(token)),
      let owner = claims["skypeid"]?.string
    else { return nil }
    return "8:\(owner)"
  }

  /// Whether a pattern fits a path, in a time that grows with the product of their lengths.
  static func matches(_ pattern: Substring, _ path: Substring) -> Bool {
    let pattern = Array(pattern.utf8)
    // For each end of the path read so far, whether the pattern read so far fits it.
    let text = Array(path.utf8)
    var fits = [true] + [Bool](repeating: false, count: text.count)
    var place = 0
    while place < pattern.count {
      if pattern[place] == star {
        let crosses = place + 1 < pattern.count && pattern[place + 1] == star
        for end in 1..<max(1, fits.count)
        where fits[end - 1] && (crosses || text[end - 1] != slash) { fits[end] = true }
        place += crosses ? 2 : 1
      } else {
        for end in (1..<max(1, fits.count)).reversed() {
          fits[end] = fits[end - 1] && text[end - 1] == pattern[place]
        }
        fits[0] = false
        place += 1
      }
    }
    return fits[text.count]
  }

  private static let star = UInt8(ascii: "*")
  private static let slash = UInt8(ascii: "/")
}
