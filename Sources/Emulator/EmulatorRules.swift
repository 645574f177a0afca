/// What may differ from one emulator to the next.
public struct EmulatorRules: Sendable {
  /// The telephone numbers that the resource owns, in E.164 form.
  public var phoneNumbers = ["+18335550100"]
  /// How long user access tokens live, whatever was asked for; `nil` lets them live as long as asked.
  public var tokenLifetime: Duration?
  /// True to refuse api-versions that are newer than the newest known, as the service does.
  public var hasStrictVersions = false
  /// True to keep the service's request budgets (WIRE 4.5): what exceeds them is 429.
  public var keepsRequestBudgets = false
  /// How many messages a page has at the most, whatever was asked for; `nil` for the service's own limit.
  public var messagesPageLimit: Int?
  /// How far the date of a signed request may be off.
  public var clockWindow = Duration.seconds(300)
  /// True when the access keys are no secret, so that the administration may tell them.
  public var showsKeys = true

  /// The folder for snapshots; `nil` where nothing is kept on the disk.
  public var snapshotFolder: String?

  var snapshots: SnapshotFolder? { snapshotFolder.map(SnapshotFolder.init) }

  /// The rules of every emulator that was told nothing else.
  public init() {}
}
