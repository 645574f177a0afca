import Services

/// What a credential needs from the world.
struct World: Sendable {
  let environment: Environment
  let exchange: any HTTPExchange
  let clock: any WallClock
  let random: any RandomSource
  let timer: any Timer
  let programs: any ProgramRunner
}
