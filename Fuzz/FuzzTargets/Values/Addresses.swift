import ACSTypes
import TrustedService

extension FuzzTarget {
  /// Percent-encoding, addresses, request targets and address ranges.
  static let addresses = FuzzTarget("addresses") { bytes in
    let source = decoded(bytes)
    try requireEqual(source.percentEncoded.percentDecoded, source, "encoded and decoded")
    if let decoded = source.percentDecoded {
      try requireEqual(decoded.percentEncoded.percentDecoded, decoded, "decoded and back")
    }
    if let address = HTTPAddress(source) {
      try requireEqual(
        HTTPAddress(address.origin + address.target), address, "an address, put together again")
    }
    let request = HTTPRequest(method: "GET", origin: source, target: source)
    try require(request.path.utf8.count <= source.utf8.count, "a path that grew")
    try require(
      request.path.utf8.count + request.query.utf8.count <= source.utf8.count,
      "path and query are more than the target")
    _ = request.host
    _ = NetworkRange(source)
  }
}
