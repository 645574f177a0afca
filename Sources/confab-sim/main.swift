import ArgumentTable
import Executor

ProgramEnd.leave(with: SimProgram.run(Array(CommandLine.arguments.dropFirst())).rawValue)
