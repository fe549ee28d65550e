import Testing

@testable import Evaluation

struct BaselineMethodTests {
    @Test func `the timetable alone needs nobody to foretell runs under way`() {
        #expect(BaselineMethod.schedule.forecaster == nil)
        #expect(BaselineMethod.deviation.forecaster is DeviationForecaster)
        #expect(BaselineMethod.kalman.forecaster is KalmanForecaster)
    }

    @Test func `TransitClock gives a run without a bus up after eight minutes`() {
        #expect(BaselineMethod.kalman.patience == 480)
        #expect(BaselineMethod.deviation.patience == BaselineMethod.schedule.patience)
    }
}
