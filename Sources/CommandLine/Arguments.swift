import Adoption
import ArgumentParser
import WorkingDays

// What may stand after an option, in the domain's own types: a day that does not exist never gets further than here.

extension Day: @retroactive ExpressibleByArgument {}
extension Forum: @retroactive ExpressibleByArgument {}
extension PlanType: @retroactive ExpressibleByArgument {}
extension PlanAim: @retroactive ExpressibleByArgument {}
