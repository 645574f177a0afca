import ACSTypes

extension World {
  /// The service does something wrong with a share of the events, for half a minute.
  func spoilEvents(_ ailment: SimulationStep.EventAilment, percent: Int, seed: UInt64) {
    servers.administer(
      "POST", "/faults",
      """
      {"kind":"\(ailment.rawValue)","share":\(Double(percent) / 100),"forMilliseconds":30000,\
      "seed":\(seed)}
      """)
  }

  /// The tokens that somebody was given so far are refused.
  func revokeTokens(of identity: CommunicationIdentifier) {
    servers.administer(
      "POST", "/faults", #"{"kind":"revoke-tokens","user":"\#(identity.rawID)"}"#)
  }
}
