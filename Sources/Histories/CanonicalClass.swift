import TrainingEvents

extension ClassHistory {
    /// Appends the facts of this class to a leaf.
    package func write(to writer: inout CanonicalFacts) {
        writer.put(number)
        writer.put(programme)
        writer.put(fields.courseName) { $0.put($1) }
        writer.put(fields.batch) { $0.put($1) }
        writer.put(fields.unit) { $0.put($1) }
        writer.put(fields.county) { $0.put($1) }
        writer.put(fields.trade) { $0.put($1) }
        writer.put(feeNTD)
        writer.put(fields.seats) { $0.put($1) }
        writer.put(startsOn)
        writer.put(endsOn)
        writer.put(fields.applicationClosesOn) { $0.put($1) }
        writer.put(fields.recruitsFrom) { $0.put($1) }
        writer.put(fields.selection) { $0.put($1) }
        writer.put(feeCollection)
        writer.put(fields.delivery) { $0.put($1) }
        writer.put(fields.creditCourse) { $0.put($1) }
        writer.put(fields.attendanceLimits) { writer, limits in
            writer.put(limits.truancyPercent)
            writer.put(limits.leavePercent)
        }
        writer.put(sessions) { writer, session in
            writer.put(session.on)
            writer.put(Int64(session.from.minutes))
            writer.put(Int64(session.to.minutes))
        }
        writer.put(schedulePosition != nil)
        writer.put(cancelled)
        writer.put(closed)
    }
}

extension UnitHistory {
    /// Appends the facts of this unit to a leaf.
    package func write(to writer: inout CanonicalFacts) {
        writer.put(number)
        writer.put(fields.name) { $0.put($1) }
        writer.put(fields.kind) { $0.put($1) }
        writer.put(fields.county) { $0.put($1) }
        writer.put(fields.foundedOn) { $0.put($1) }
        writer.put(fields.ttqs) { writer, certificate in
            writer.put(certificate.edition)
            writer.put(certificate.grade)
            writer.put(certificate.validFrom)
            writer.put(certificate.validTo)
        }
        writer.put(fields.reviewGrade) { $0.put($1) }
        writer.put(fields.insuranceArrears) { $0.put($1) }
        writer.put(fields.registeredPlace) { $0.put($1) }
        writer.put(fields.registeredTrades) { $0.put($1) { $0.put($1) } }
    }
}
