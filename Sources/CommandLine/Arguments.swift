public import Adoption
public import ArgumentParser
public import WorkingDays

// What may stand after an option, in the domain's own types: a day that does not exist never gets further than here.

extension Day: ExpressibleByArgument {}
extension Forum: ExpressibleByArgument {}
extension PlanType: ExpressibleByArgument {}
extension PlanAim: ExpressibleByArgument {}
