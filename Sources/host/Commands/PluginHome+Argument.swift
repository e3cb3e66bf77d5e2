public import ArgumentParser
public import Wasm

extension PluginHome: ExpressibleByArgument {}
