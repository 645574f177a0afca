import ACSTypes
import ACSWire

extension Core {
  /// `GET /calling/callConnections/{id}` (WIRE 7).
  func callConnection(id: String) throws -> HTTPResponse {
    let (call, leg) = try calls.connection(id)
    return .json(call.properties(of: call.legs[leg]))
  }

  /// `GET /calling/callConnections/{id}/participants`: who is in the call, in the order in which they came.
  func callParticipants(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    .json(PageModel(value: try calls.connection(id).call.participants))
  }
}
