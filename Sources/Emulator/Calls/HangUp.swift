import ACSTypes
import ACSWire

extension Core {
  /// `DELETE /calling/callConnections/{id}`: leaves the call.
  ///
  /// While it rings the caller cancels it; between two it ends for both; of more the others go on.
  mutating func hangUp(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    var (call, place) = try calls.connection(id)
    guard call.isAnswered else {
      end(call, result: .cancelled, now: exchange.now)
      return .empty(204)
    }
    guard call.legs.count > 2 else {
      end(call, result: .hungUp, now: exchange.now)
      return .empty(204)
    }
    let leg = call.legs.remove(at: place)
    tell(
      leg, of: call, result: .hungUp, now: exchange.now, as: CloudEvent.Content.callDisconnected)
    tellParticipants(of: &call, now: exchange.now)
    calls.keep(call)
    return .empty(204)
  }

  /// `POST /calling/callConnections/{id}:terminate`: ends the call for everybody.
  mutating func terminateCall(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let call = try calls.connection(id).call
    end(call, result: call.isAnswered ? .hungUp : .cancelled, now: exchange.now)
    return .empty(204)
  }
}
