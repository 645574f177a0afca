/// Changes of a room's participants by their raw ids: `{"8:acs:…":{"role":"Presenter"},"8:acs:…":null}`.
public struct RoomParticipantChanges: WireValue {
  /// One participant's change.
  public struct Entry: Hashable, Sendable {
    /// The participant's raw id.
    public var rawID: String
    /// What becomes of the participant.
    public var change: RoomParticipantChange

    /// One from its parts.
    public init(_ rawID: String, _ change: RoomParticipantChange) {
      self.rawID = rawID
      self.change = change
    }
  }

  /// The changes in their order; when written, the last one of a raw id counts.
  public var entries: [Entry]

  /// One from its parts.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// Reads what ``json`` writes; the path of an error has the raw id.
  public init(json: JSONValue) throws(WireError) {
    entries = []
    for member in try JSONForm<JSONObject>.object.read(json).members {
      do throws(WireError) {
        entries.append(Entry(member.name, try RoomParticipantChange(json: member.value)))
      } catch {
        throw error.inside(member.name)
      }
    }
  }

  /// The entries as members of an object.
  public var json: JSONValue {
    .object(JSONObject(entries.map { ($0.rawID, $0.change.json) }))
  }
}
