import CNcurses

extension CursesScreen {
  /// Rings the terminal's bell, or flashes where there is none.
  public func ring() {
    beep()
  }
}
