public import ACSTypes

extension Emulator {
  /// The answer to a request that whoever has the sockets refuses: the error as its plane writes it, with the reason.
  public func refuse(
    _ request: HTTPRequest, _ status: Int, _ code: String, _ message: String, now: Timestamp
  ) -> HTTPResponse {
    let refusal = Refusal(status, code, message)
    return withCore(now: now) { core, now in
      core.completed(
        HTTPResponse(refusal, plane: Plane(path: request.path)), of: Exchange(request, now: now))
    }
  }

  /// The same for the administration.
  public static func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    HTTPResponse(Refusal(status, code, message), plane: .other)
  }

  /// The same for the metadata service.
  public static func metadataRefusal(
    of request: HTTPRequest, _ status: Int, _ message: String
  ) -> HTTPResponse {
    MetadataRefusal(status, "invalid_request", message)
      .response(asAppService: request.path == Core.appServicePath)
  }
}

extension Core {
  /// The answer with what each answer of its plane has.
  func completed(_ response: HTTPResponse, of exchange: Exchange) -> HTTPResponse {
    let plane = Plane(path: exchange.request.path)
    var response = response
    addHeaders(to: &response, of: exchange, plane: plane)
    if plane.servesBrowsers {
      CrossOrigin.add(to: &response, of: exchange.request, plane: plane)
    }
    return response
  }
}
