/// The kind of a leave request (假別).
package enum LeaveKind: UInt8, CodeEnum {
    case personal = 1
    case sick
    case official
    case bereavement
    case marriage
    case other

    package static let codes = CodeNames<LeaveKind>()
}

/// Why a trainee left (離訓事由).
package enum WithdrawalReason: UInt8, CodeEnum {
    case employment = 1
    case illness
    case family
    case other

    package static let codes = CodeNames<WithdrawalReason>()
}

/// Why a trainee was expelled (退訓事由).
package enum ExpulsionReason: UInt8, CodeEnum {
    case truancy = 1
    case leave
    case employment
    case conduct
    case other

    package static let codes = CodeNames<ExpulsionReason>()
}
