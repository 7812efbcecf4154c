/** municipal-terms: the terms of the Smart Data Models that a German municipality needs, by subject; each IRI is the subject's namespace and the term. */

const ROOT = 'https://smartdatamodels.org/'

/** Common to all subjects: smartdatamodels.org/address. */
const COMMON = `
  address addressCountry addressLocality addressRegion alternateName areaServed dataProvider dateCreated dateModified district
  name owner postOfficeBoxNumber postalCode seeAlso source streetAddress streetNr
`

interface Subject {
  /** Of the common namespace as well. */
  readonly common: string
  readonly own: string
}

/** As of 2026. Units and rules for values are in no context. */
const SUBJECTS: Readonly<Record<string, Subject>> = {
  Device: {
    common: 'annotations color dateObserved image',
    own: `
      Camera Device DeviceMeasurement DeviceModel DeviceOperation Modbus PolarH10 PrivacyObject SenseHat SmartMeteringObservation
      UWBAnchor acc accelerometer addressedAt anchorData anchorId annotatedMap batteryLevel blinkIndex brandName cameraName cameraNum
      cameraOrientation cameraType cameraUsage category clientId comments configuration controlledAsset controlledProperty
      crossborderTransfer dateFirstUsed dateInstalled dateLastCalibration dateLastValueReported dateManufactured depth device
      deviceCategory deviceClass deviceId deviceState deviceType direction distance documentation dstAware ecg endDateTime endedAt
      energyLimitationClass entityVersion firmwareVersion floor function hardwareVersion hr hrv humidity imageSnapshot ipAddress
      isIndoor isPersonalData latency legitimateInterest macAddress manufacturerName mcc measurementType mediaURL memoryAddress
      meterType metrics mnc modelName moving numValue offPeakConsumption on operationType operator osVersion outlier parameter
      peakConsumption plannedEndAt plannedStartAt powerFactor pressure primaryTable protocolId provider purpose raspSn rates
      recipientList refDevice refDeviceModel relativePosition reportedAt result retentionPeriod rr rss rssi sampleRate sensorTimeStamp
      serialNumber sessionId softwareVersion startDateTime startedAt streamName streamURL supportedProtocol supportedUnits tagData
      tagId temperature textValue timeStamp timestamp totalConsumption transactionId unit unitId update user version x y z zones
    `,
  },
  Environment: {
    common: 'dateObserved instValue maxOverTime minOverTime validFrom',
    own: `
      AeroAllergenObserved AirQualityForecast AirQualityMonitoring AirQualityObserved CO2eq CarbonFootprint ElectroMagneticObserved
      EnvironmentObserved FloodMonitoring IndoorEnvironmentObserved LANight LAS LAeq LAeq2 LAeq_d LAmax LAmax2 Laeq2 Lamax2
      MosquitoDensity NightSkyQuality NoiseLevelObserved NoisePollution NoisePollutionForecast PhreaticObserved RFID
      RainFallRadarObserved TrafficEnvironmentImpact TrafficEnvironmentImpactForecast WaterObserved airQualityIndex airQualityLevel
      airQualityObserved airTemperature airTemperatureTSA alertLevel allergenRisk ambientNoiseTSA ambientTemperature aqiMajorPollutant
      arsenicTSA as atmosphericPressure atmosphericPressureTSA averageValue averageVehicleSpeedExpected bapTSA battery batteryLevel
      benzeneTSA brandName buildingsType c6h6 cd cellsSize charge clouds co co2 co2TSA coLevel coTSA comments currentLevel dangerLevel
      dataDescriptor dateIssued dateObservedFrom dateObservedTo depth deviceBatteryStatus deviceID deviceId deviceInfo deviceList
      deviceModel deviceName deviceSimNumber deviceStatus distanceAverage eMF emissionDate emissionSource endDateTime
      feelsLikeTemperature femaleSpeciesCount femaleTotal floodLevelStatus flow groundType gustSpeed height heightAverage illuminance
      intensityExpected investigationDepth isMobile maleSpeciesCount maleTotal manufacturerName mapScale measurand measuredArea
      measuredDistance measurementType modelName modelURL mosquitoDensity mosquitoSpecies nh3TSA ni nickelTSA no no2 no2TSA noTSA
      noiseAnnoyanceIndex noiseOrigin nox numberOfCol numberOfRow o2TSA o3 o3TSA objectArea objectHeightAverage objectHeightMax
      objectVolume observationDateTime obstacles occupancyExpected pb pbTSA peopleCount pm1 pm10 pm10TSA pm25 pm25TSA pm4
      pointOfInterest pollutionRate precipitation pressure rainFallRadarContent refDevice refPointOfInterest refTrafficFlowObserved
      refWeatherObserved referenceLevel relatedSource relativeHumidity relativeHumidityTSA reliability residueLevel rfID sensorHeight
      sensorPlacement sh2 sigmaMagnitude skyMagnitude skyTemperature so2 so2TSA solarRadiation sonometerClass speciesName speciesTotal
      startDateTime stationID swellDirection swellHeight swellPeriod tags temperature totalSpeciesCount tpc traffic tsp typeofLocation
      uvTSA validTo validity vehicleClass versionInfo versionName visibility volatileOrganicCompoundsTotal wallsType waterDischarge
      waterLevel waterQualityObserved waterTable waveLength weatherObserved weatherType windDirection windSpeed windType
    `,
  },
  Parking: {
    common: 'annotations color contactPoint image openingHours timeInstant',
    own: `
      OffStreetParking OnStreetParking ParkingAccess ParkingGroup ParkingSpot acceptedPaymentMethod accessModified aggregateRating
      allowedVehicleType areBordersMarked availableSlotNumber availableSpotNumber averageSpotLength averageSpotWidth category
      chargeType cityId cityName extCategory extraSpotNumber facilities firstAvailableFloor fourWheelerSlots height highestFloor
      images layout length lowestFloor maximumAllowedHeight maximumAllowedWidth maximumParkingDuration measuresPeriod
      measuresPeriodUnit municipalityInfo observationDateTime occupancy occupancyDetectionType occupancyModified occupiedSlotNumber
      occupiedSpotNumber outOfServiceSlotNumber parkingMode parkingSiteId permitActiveHours priceCurrency priceRatePerMinute provider
      refDevice refOffStreetParking refParkingAccess refParkingGroup refParkingSite refParkingSpot requiredPermit reservationType
      security slope specialLocation stateName totalSlotNumber totalSpotNumber twoWheelerSlots ulbName unclassifiedSlots usageScenario
      vehicleEntranceCount vehicleExitCount wardId wardName wardNum width zoneId zoneName
    `,
  },
  Streetlighting: {
    common: 'annotations color image',
    own: `
      RFId Streetlight StreetlightControlCabinet StreetlightFeeder StreetlightGroup StreetlightModel activePower activePowerR
      activePowerS activePowerT activeProgramId brandName category circuit circuitId cityId cityName colorRenderingIndex
      colorTemperature columnBrandName columnColor columnMadeOf columnManufacturerName columnModelName compliantWith controllingMethod
      cosPhi cupboardMadeOf current dateLastLampChange dateLastProgramming dateLastSwitchingOff dateLastSwitchingOn
      dateMeteringStarted dateServiceStarted deviceBatteryStatus deviceId deviceInfo deviceModel deviceName deviceSimNumber
      energyConsumed energyCost feederID feederPillarNum frequency from hours illuminanceLevel intensityR intensityS intensityT
      lampBrandName lampManufacturerName lampModelName lampTechnology lampWeight lanternBrandName lanternHeight
      lanternManufacturerName lanternModelName lanternWeight lastMeterReading lifetimeMotionDetected lifetimePowerConsumption
      locationCategory luminousFlux manufacturerName maxPowerConsumption maximumPowerAvailable measurand meterReadingPeriod
      minPowerConsumption modelName modelURL municipalityInfo nextActuationDeadline numStreetlight observationDateTime phaseCurrent
      phaseVoltage powerConsumption powerFactor powerFactorR powerFactorS powerFactorT powerRating powerState reactiveEnergyConsumed
      reactivePower reactivePowerR reactivePowerS reactivePowerT refDevice refStreetlight refStreetlightControlCabinet
      refStreetlightGroup refStreetlightModel responsible rfId serialNumber stateName streetPoleNum switchingMode switchingOnHours
      thdrIntensityR thdrIntensityS thdrIntensityT thdrVoltageR thdrVoltageS thdrVoltageT to totalActivePower totalReactivePower
      ulbName voltage voltageR voltageS voltageT wardNum workingLife workingMode zoneId
    `,
  },
  Transportation: {
    common:
      'annotations availabilityRestriction availableLanguage closes color contactOption contactPoint contactType dateObserved dayOfWeek email endDate faxNumber givenName image openingHours openingHoursSpecification opens productSupported startDate telephone url validFrom validThrough',
    own: `
      APDSObservation AnonymousCommuterId AnprFlowObserved BikeHireDockingStation BikeLane CityWork CrowdFlowObserved
      EVChargingStation ElectricVehicleMobility FareCollectionSystem FleetVehicle FleetVehicleOperation FleetVehicleStatus
      ItemFlowObserved OriginDestinationFlow PlatformType RestrictedTrafficArea RestrictionException Road RoadAccident RoadSegment
      SpecialRestriction TrafficFlowObserved TrafficViolation TransportStation URL Vehicle VehicleFault VehicleModel
      acceptedPaymentMethod accidentDate accidentDescription accidentLocation accidentStatisticalDate accidentType agency_fare_url
      agency_name agency_url aggregationDateType algorithm allowedVehicle allowedVehicleType amountCollected amperage anonymizedId
      architect availableBikeNumber availableCapacity averageCrowdSpeed averageDistanceKm averageGapDistance averageHeadwayTime
      averageLength averageSpeed averageVehicleLength averageVehicleSpeed battery bearing binaryContent brand brandName bridgeCount
      busImpacted camId capacity cardId cargoVolume cargoWeight carriagewayLength carriagewayWidth category chargeType chargingUnitId
      cityId cityName code comment commissioningDate confidence congested constructionDate contentType contractingAuthority
      contractingCompany countOfBusLineImpacted countOfDerogation countOfEventImpacted countOfRailwayLineImpacted countOfRoadImpacted
      countOfSchoolBusLineImpacted countOfSchoolImpacted countOfStationImpacted countOfSubwayLineImpacted countOfTramwayLineImpacted
      country countryCode creator culvertCount currencyAccepted currentOperative currentStatus currentTripCount cyclePathLeftHeight
      cyclePathLeftWidth cyclePathMaterial cyclePathPlacement cyclePathRightHeight cyclePathRightWidth dataDescriptor date
      dateFirstUsed dateLastReported dateObservedFrom dateObservedTo dateReceived dateVehicleFirstRegistered decrees defibrillator
      depth derogation derogationType dest destinationLocation destinationLocationCode destinationLocationName destinationStopCategory
      destinationStopId destinationStopName deviceBatteryStatus deviceBrand deviceSimNumber dimension direction direction_id
      disposition distance dtCode emergencyPhone emergencyVehicleType encroachment endDateTime endKilometer endPoint endedAt
      entryAreaCode equipmentCompanyCode equipmentId equipmentSequenceNumber equipmentStopId equipmentType equipmentTypeCode eventType
      eventsImpacted exceptionValidityHours exitAreaCode expiryDateTime fareForAdult fareForChild faultLog feature featuredArtist
      fleetVehicle fleetVehicleId fleetVehicleOperation fleetVehicleStatus fleetVehicleType flowCount flowType freeSlotNumber
      fuelConsumption fuelEfficiency fuelFilled fuelType heading height hour identifier ignitionStatus imageContent imageType images
      inRestrictedArea informationBoardDevice infrastructureFunction initiatingLocation installationMode intensity interactiveDevice
      inventory isMainRoadImpactedHTR isMobile itemSubType itemType jobTitle laneDirection laneId laneInfo laneLength laneOccupancy
      laneUsage laneWidth lastFuellingAmount lastKnownPosition lastKnownPositionUpdatedAt length levelId licensePlate license_plate
      lineId lineLocation lineName linesConnected localId locationCode locationType mainContractingCompany manufacturerName
      maxAuthorizedTonnage maxSpeed maxTonnage maximumAllowedHeight maximumAllowedSpeed maximumAllowedWeight maximumAllowedWidth
      mediaURL medianHeight medianLength medianWidth messageDevice mileageFromOdometer minSpeed minimumAllowedSpeed model modelName
      municipality municipalityInfo n nationality nationalityName nbOfIOPoint nbOfLane nbOfPlatform network notAllowedVehicleType
      numPassengersDead numPassengersInjured numPedestrianDead numPedestrianInjured observationDateTime observationEndDateTime
      observationStartDateTime observedBy observedCredentialCharacterConfidence observedCredentialConfidence observedCredentialCountry
      observedCredentialId observedCredentialType observedHeading observedLocation observedLocationPDOP observedMethod observedSpeed
      observedVehicle observedVehicleColour observedVehicleMake observedVehicleType observer observerCameras observerDescription
      observerHeading observerLocation observerLocationPDOP observerSpeed occupancy occupancyLevel operatingCompany operationType
      operator orig originDestinationCode originLocation originLocationCode originLocationName originStopCategory originStopId
      originStopName othersContractingCompany outOfServiceSlotNumber parentStation passengerCount paymentAccepted paymentStatus
      pedestrianPathLeftHeight pedestrianPathLeftWidth pedestrianPathMaterial pedestrianPathPlacement pedestrianPathRightHeight
      pedestrianPathRightWidth pedestriansInvolved peopleCount peopleCountAway peopleCountTowards plateColor platformCode
      powerConsumption previousLocation processingType provider purchaseDate purchaseDevice quarter railwayImpacted refDevice
      refImages refPointOfInterest refRestrictedTrafficArea refRoad refRoadSegment refVehicleModel region regulation reportId
      resolvedAt responseTime responsible restBench restFuelAmount restrictionExceptions restrictionValidityHours result reverseLane
      reversedLane rightOfWayWidth roadClass roadDirection roadId roadImpacted roadImpactedMT roadImpactedSA roadIntersection
      roadLocation roadMaterial roadName roadPaving roadSign roadSurface roadTrunk roadWork route_id schoolBusImpacted schoolImpacted
      security segmentId segmentLocation segmentName serviceOnDuty serviceProvided serviceStatus services shelters shiftOfOperation
      socketNumber socketType specialRestrictions speed stage startDateTime startKilometer startPoint startedAt stateName stationCode
      stationConnected stationId stationImpacted stationLocation stationName stationType statusDescription subwayImpacted
      taxAmountCollected territorialArea ticketTypeCode timetableDevice titleCode totalCyclePathWidth totalDeadPeopleWithin24Hours
      totalDeadPeopleWithin30Days totalInjured totalLaneNumber totalPedestrianPathLength totalPedestrianPathWidth totalSlotNumber
      towardsObserver tramwayImpacted transactionDateTime transactionId transactionType transactionTypeDescription
      transactionVehicleNum transportTime travelDistance tripNetWeightCollected trip_id typeOfInterventionRequest ulbName
      validityEndDate validityStartDate vehicle vehicleAltitude vehicleConfiguration vehicleEngine vehicleIdentificationNumber
      vehicleModelDate vehiclePlateIdentifier vehiclePlateNotRead vehicleRunningStatus vehicleSpecialUsage vehicleSubType
      vehicleTrackerDevice vehicleType vehicle_label vehiclesInvolved voiceDevice voltage wardId wardName wardNum weakestSubject
      weatherConditions webSite weekday weight wheelChairAccessible width workDate workDisposition workLastDateUpdate workLevel
      workNature workNumber workOtherImpact workReason workState workTarget workZone year zoneId zoneName zonesServed
    `,
  },
  WasteManagement: {
    common: 'annotations color dateObserved image timeInstant',
    own: `
      RFID WasteContainer WasteContainerIsle WasteContainerModel WasteObserved actuationHours binCapacity binColor
      binFullnessThreshold binId binLoggedTime binMaxLoad binRecommendedLoad brandName cargoVolume cargoWeight category compliantWith
      dateLastCleaning dateLastEmptying dateServiceStarted depth fillingLevel grossWeight height insertHolesNumber isleId
      license_plate madeOf madeOfCode manufacturerName maximumLoad methaneConcentration modelName nextActuationDeadline
      nextCleaningDeadline recommendedLoad refDevice refGarbageTruck refServiceOrderId refWasteContainer refWasteContainerIsle
      refWasteContainerModel refWeighingDevice regulation responsible serialNumber storedWasteCode storedWasteKind storedWasteOrigin
      tareWeight temperature wardId weight width
    `,
  },
  Weather: {
    common: 'dateObserved instValue maxOverTime minOverTime validFrom',
    own: `
      SeaConditions WeatherAlert WeatherForecast WeatherObserved airQualityIndex airQualityIndexForecast airTemperatureForecast
      airTemperatureTSA alertSource aqiMajorPollutant aqiMajorPollutantForecast atmosphericPressure averageValue category dateIssued
      dateRetrieved dayMaximum dayMinimum dewPoint diffuseIrradiation directIrradiation feelLikesTemperature feelsLikeTemperature
      gustSpeed illuminance pH precipitation precipitationForecast precipitationProbability pressureTendency refDevice
      refPointOfInterest relativeHumidity relativeHumidityForecast salinity severity snowHeight solarRadiation streamGauge subCategory
      surfaceTemperature temperature uVIndexMax validTo validity visibility waveHeight waveLevel wavePeriod weatherType windDirection
      windSpeed
    `,
  },
}

const words = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')

const ADDRESS =
  /^https:\/\/(?:raw\.githubusercontent\.com\/smart-data-models\/dataModel\.(\w+)\/(?:master|main)|smart-data-models\.github\.io\/dataModel\.(\w+)|smartdatamodels\.org\/dataModel\.(\w+))\/context\.jsonld$/

/** The subject whose context is published at this address. */
function subjectAt(address: string): string | undefined {
  const found = ADDRESS.exec(address)
  const subject = found?.[1] ?? found?.[2] ?? found?.[3]
  return subject !== undefined && Object.hasOwn(SUBJECTS, subject) ? subject : undefined
}

/** The terms of a context of the Smart Data Models; undefined for other addresses. */
export function municipalTerms(address: string): ReadonlyMap<string, string> | undefined {
  const subject = subjectAt(address)
  const found = subject === undefined ? undefined : SUBJECTS[subject]
  if (subject === undefined || found === undefined) return undefined
  return new Map([
    ...words(`${COMMON} ${found.common}`).map((term): [string, string] => [term, `${ROOT}${term}`]),
    ...words(found.own).map((term): [string, string] => [term, `${ROOT}dataModel.${subject}/${term}`]),
  ])
}

export const SUBJECT_NAMES: readonly string[] = Object.keys(SUBJECTS)
