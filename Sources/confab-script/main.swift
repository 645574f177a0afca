import Executor

ProgramEnd.leave(with: ScriptProgram.run(Array(CommandLine.arguments.dropFirst())))
