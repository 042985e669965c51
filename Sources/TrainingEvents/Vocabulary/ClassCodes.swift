/// The programme a class runs under (訓練計畫).
package enum Programme: UInt8, CodeEnum {
    case industryTalent = 1
    case labourSelfLearning
    case takeoff
    case careService
    case preEmployment

    package static let codes = CodeNames<Programme>()
}

/// How trainees are selected (甄選方式).
package enum Selection: UInt8, CodeEnum {
    case firstCome = 1
    case writtenOral
    case interview

    package static let codes = CodeNames<Selection>()
}

/// How much of the fee the unit collects beforehand (收費方式).
package enum FeeCollection: UInt8, CodeEnum {
    case full = 1
    case half

    package static let codes = CodeNames<FeeCollection>()
}

/// Who runs a class (辦理方式).
package enum Delivery: UInt8, CodeEnum {
    case selfRun = 1
    case commissioned
    case subsidised
    case localGovernment

    package static let codes = CodeNames<Delivery>()
}

/// The seat a trainee was admitted to (錄訓別).
package enum Seat: UInt8, CodeEnum {
    case subsidised = 1
    case extra
    case alternate

    package static let codes = CodeNames<Seat>()
}
