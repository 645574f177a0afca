public import ACSTypes
public import ClientModel

/// Keeps what happens to the client, so that it can be made to happen again.
public protocol OccurrenceRecorder {
  /// Keeps an occurrence before `state` changes by it, or says why recording ends here; it is not asked again then.
  mutating func record(_ occurrence: Occurrence, in state: ClientState) -> ServiceError?
}
