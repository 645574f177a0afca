import ACSTypes

/// What lets the scripts of any web page read the answers of Chat, which Microsoft's SDKs call from browsers.
///
/// Every origin may: who asks proves itself by a token, which no browser adds by itself.
enum CrossOrigin {
  /// Header fields of answers that scripts may read besides the few that they always may.
  private static let readable = [
    "api-supported-versions", "Location", "MS-CV", "Retry-After", "x-ms-client-request-id",
    "X-Confab-Why",
  ]

  /// The answer to a browser that asks first whether a script may send its request; `nil` for other requests.
  static func preflight(_ request: HTTPRequest) -> HTTPResponse? {
    guard request.method == "OPTIONS", request.headers["Origin"] != nil,
      request.headers["Access-Control-Request-Method"] != nil
    else { return nil }
    var headers: HTTPHeaders = [
      "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
      "Access-Control-Max-Age": "600",
    ]
    // SDKs add fields as they please; `*` would leave out Authorization.
    headers["Access-Control-Allow-Headers"] =
      request.headers["Access-Control-Request-Headers"].map(headerText)
    if request.headers["Access-Control-Request-Private-Network"] == "true" {
      headers["Access-Control-Allow-Private-Network"] = "true"
    }
    return HTTPResponse(status: 204, headers: headers)
  }

  /// Adds to an answer, refusals included, what lets the script that asked read it.
  ///
  /// Scripts that connect to real-time events ask as socket.io does, with credentials, to which `*` would be no answer;
  /// there are none to be had here.
  static func add(to response: inout HTTPResponse, of request: HTTPRequest, plane: Plane) {
    guard let origin = request.headers["Origin"] else { return }
    if plane == .realTime {
      response.headers["Access-Control-Allow-Origin"] = headerText(origin)
      response.headers["Access-Control-Allow-Credentials"] = "true"
      response.headers["Vary"] = "Origin"
    } else {
      response.headers["Access-Control-Allow-Origin"] = "*"
    }
    response.headers["Access-Control-Expose-Headers"] = readable.joined(separator: ", ")
  }
}
