import ACSTypes
import ACSWire

/// A service of ACS, with what differs between them: envelope of errors, versions, headers.
enum Plane: Hashable, CaseIterable {
  /// `/identities`
  case identity
  /// `/chat`
  case chat
  /// `/calling`
  case calls
  /// `/sms`
  case sms
  /// `/rooms`
  case rooms
  /// What clients call to be told of events: the configuration, `/v4`, `/socket.io`, `/registrar`
  case realTime
  /// Anything else.
  case other

  /// The plane that a path belongs to.
  init(path: Substring) {
    let (slash, colon) = (UInt8(ascii: "/"), UInt8(ascii: ":"))
    switch Substring(path.utf8.dropFirst().prefix { $0 != slash && $0 != colon }) {
    case "identities", "teamsUser": self = .identity
    // Undocumented, it takes any api-version.
    case "chat" where path == "/chat/config/realTimeNotifications": self = .realTime
    case "v4", "socket.io", "registrar": self = .realTime
    case "chat": self = .chat
    case "calling": self = .calls
    case "sms": self = .sms
    case "rooms": self = .rooms
    default: self = .other
    }
  }

  /// The api-versions that are known, oldest first; newer ones are served as the newest.
  var versions: [String] {
    switch self {
    case .identity:
      ["2021-03-07", "2021-11-01", "2022-06-01", "2022-10-01", "2023-10-01", "2025-06-30"]
    case .chat:
      ["2021-03-07", "2021-09-07", "2023-11-07", "2024-03-07", "2025-03-15"]
    case .calls:
      ["2023-03-06", "2023-10-15", "2024-04-15", "2024-09-15", "2025-05-15", "2026-03-12"]
    case .sms: ["2021-03-07", "2026-01-23"]
    case .rooms: ["2023-06-14", "2024-04-15", "2025-03-13"]
    case .realTime, .other: []
    }
  }

  /// True when scripts in browsers ask it, too.
  var servesBrowsers: Bool { self == .chat || self == .realTime }

  /// The body of an error as the service writes it (WIRE 2, 4.6).
  func envelope(_ refusal: Refusal) -> [UInt8] {
    guard self == .chat else {
      let error = ServiceErrorModel(
        code: refusal.code, message: refusal.message, target: refusal.target)
      return ErrorEnvelope(error: error).bytes
    }
    return CommunicationErrorEnvelope(code: refusal.code, message: refusal.message)
      .json.prettyBytes
  }
}
