public import ACSTypes

/// A moment with the text in which it travels, so that digits finer than milliseconds are written back.
public struct WireTime: WireValue {
  /// The text, an RFC 3339 time.
  public let text: String
  /// The moment that the text means.
  public let moment: Timestamp

  /// Whole seconds and `Z`, as Chat writes times (WIRE 4.2).
  public init(chat moment: Timestamp) {
    self.text = moment.iso8601
    self.moment = Timestamp(seconds: moment.seconds)
  }

  /// With fraction and `+00:00`, as Identity writes expiries and Call Automation its events (WIRE 3).
  public init(identity moment: Timestamp) {
    self.text = moment.iso8601WithOffset
    self.moment = moment
  }

  /// With milliseconds and `Z`, as real-time events have times (REALTIME 2).
  ///
  /// - Parameters:
  ///   - moment: The moment.
  ///   - digits: What follows the milliseconds in the fraction; four in some events.
  public init(event moment: Timestamp, digits: String = "") {
    self.text = "\(moment.iso8601WithMilliseconds.dropLast())\(digits)Z"
    self.moment = moment
  }

  /// The same moment as Rooms writes times: six fraction digits and `+00:00`; finer digits are dropped (WIRE 12.9).
  public init(rooms time: WireTime) {
    let fraction = time.text.drop { $0 != "." }.dropFirst().prefix(while: \.isNumber)
    let microseconds = fraction.dropFirst(3).prefix(3)
    let text = time.moment.iso8601WithOffset
    self.text =
      text.dropLast("000+00:00".count) + microseconds
      + String(repeating: "0", count: 3 - microseconds.count) + "+00:00"
    self.moment = time.moment
  }

  /// Reads an RFC 3339 time; see ``Timestamp/init(iso8601:)``.
  public init(json: JSONValue) throws(WireError) {
    guard case .string(let text) = json else {
      throw WireError(.wrongKind, "This should be a time and is \(json.kindName).")
    }
    guard let moment = Timestamp(iso8601: text) else {
      throw WireError(.badValue, "This should be a time such as 2026-11-21T02:29:57Z.")
    }
    self.text = text
    self.moment = moment
  }

  /// The text.
  public var json: JSONValue { .string(text) }
}
