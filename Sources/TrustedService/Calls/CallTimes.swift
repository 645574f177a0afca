/// How long things may take in a call.
enum CallTimes {
  /// A call that is not answered rings for about 2 minutes (CALLING 5).
  static let ringingHere = Duration.seconds(120)
  /// A little more than ``ringingHere``, so that the service's own word comes first.
  static let ringingThere = Duration.seconds(130)
  /// An answered call stands within this time or not at all (CALLING 5).
  static let setUp = Duration.seconds(85)
  /// A terminal may be away for as long as the calling SDKs wait (CALLING 5).
  static let reconnect = Duration.seconds(120)
  /// An ended call is remembered for terminals that come back and events that come late.
  static let memory = Duration.seconds(120)
  /// How long the first repetition of a failed hang-up waits; the next ones wait twice as long each.
  static let retry = Duration.seconds(2)
  /// After so many failed hang-ups the service is left to find out by itself.
  static let retryLimit = 6
}
